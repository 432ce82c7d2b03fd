// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.program;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * One signed program: the content of a {@code .bpfs} file.
 *
 * @param name the object's name, which is part of a loader's blob; see {@link #isName}
 * @param data the blob, shared by all forms; of a program without a loader, the value of the one
 *     map that it uses, or empty
 * @param direct for a program that is signed itself, without a loader
 * @param forms newest generation first, at least one, none twice
 * @param object the ELF file that it was made of, if it was kept
 */
public record SignedProgram(
    String name,
    Bytes data,
    Optional<DirectLoad> direct,
    List<SignedForm> forms,
    Optional<Bytes> object) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}");

  /** Checks name and forms and copies their list. */
  public SignedProgram {
    if (!isName(name)) {
      throw new IllegalArgumentException("not a program name: " + name);
    }
    forms = List.copyOf(forms);
    if (forms.isEmpty()) {
      throw new IllegalArgumentException("a signed program has at least one form");
    }
    for (int i = 1; i < forms.size(); i++) {
      if (forms.get(i - 1).generation().compareTo(forms.get(i).generation()) >= 0) {
        throw new IllegalArgumentException("forms go from the newest generation to the oldest");
      }
    }
    if (direct.isPresent() && !data.isEmpty() && has(forms, Generation.V6_18)) {
      throw new IllegalArgumentException("the form for 6.18 covers no map");
    }
  }

  /** A loader and its blob. */
  public SignedProgram(String name, Bytes data, List<SignedForm> forms, Optional<Bytes> object) {
    this(name, data, Optional.empty(), forms, object);
  }

  private static boolean has(List<SignedForm> forms, Generation generation) {
    return forms.stream().anyMatch(form -> form.generation() == generation);
  }

  /**
   * Whether a program may have this name: 1 to 63 letters, digits, {@code _}, {@code .} or {@code
   * -}, not beginning with one of the last two. So it is a file name too; bpftool cuts the object's
   * name to as many characters ({@code gen.c}, {@code do_skeleton}, 7.8.0).
   */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** The form of a generation, if the program has it. */
  public Optional<SignedForm> form(Generation generation) {
    return forms.stream().filter(form -> form.generation() == generation).findFirst();
  }
}

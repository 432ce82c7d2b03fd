// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.program;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.ByteReader;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads a signed program, version 1: a newc archive in the one spelling that its content has.
 *
 * <pre>
 *   bpfseal-program   "1\n"
 *   name              NAME "\n"
 *   data              the blob; of a program without a loader its map's value, or nothing
 *   load              how such a program is loaded; see {@link DirectLoadReader}
 *   7.3/insns, 7.3/sig.p7s, 6.18/insns, 6.18/sig.p7s      one form or both, newest first
 *   object            the ELF file, if kept
 *   TRAILER!!!
 * </pre>
 *
 * <p>Refused: another order, a member twice or unknown, header fields other than {@link
 * MemberReader} lists, a name that {@link SignedProgram#isName} refuses, no form at all,
 * instructions that aren't whole or are none, a program's own form for 6.18 beside a map that it
 * wouldn't cover, padding that isn't zero, bytes behind the trailer. So two files that differ never
 * mean the same. An empty signature is read: the kernel has an answer to it.
 */
public final class SignedProgramReader {
  static final String FORMAT = "bpfs";
  private static final int INSN_SIZE = 8;

  private final MemberReader members;

  private SignedProgramReader(MemberReader members) {
    this.members = members;
  }

  /** Whether a file begins like a signed program, so that its faults are reported as one's. */
  public static boolean recognises(Bytes file) {
    return file.size() > MemberReader.NAME_AT
        && file.from(MemberReader.NAME_AT).startsWith(Bytes.utf8("bpfseal-program\0"));
  }

  /**
   * The program; its parts share the file's bytes.
   *
   * @throws FormatException if the file is not exactly what the writer makes of its content
   */
  public static SignedProgram read(Bytes file) throws FormatException {
    ByteReader in = ByteReader.of(FORMAT, file, ByteOrder.BIG_ENDIAN);
    return new SignedProgramReader(new MemberReader(in)).program();
  }

  private SignedProgram program() throws FormatException {
    Member version = members.next("bpfseal-program");
    if (!version.content().equals(Bytes.utf8("1\n"))) {
      throw version.fail("expected version 1 and a newline, found " + version.content());
    }
    String name = name(members.next("name"));
    Bytes data = members.next("data").content();
    Optional<DirectLoad> direct = Optional.empty();
    if (members.isNext("load")) {
      direct = Optional.of(DirectLoadReader.read(members.next("load")));
    }
    List<SignedForm> forms = forms(direct.isPresent() && !data.isEmpty());
    Optional<Bytes> object = Optional.empty();
    if (members.isNext("object")) {
      object = Optional.of(members.next("object").content());
    }
    members.end();
    return new SignedProgram(name, data, direct, forms, object);
  }

  private static String name(Member member) throws FormatException {
    String text = member.content().toUtf8();
    String name = text.endsWith("\n") ? text.substring(0, text.length() - 1) : "";
    if (!SignedProgram.isName(name)) {
      throw member.fail("expected a program name and a newline, found " + member.content());
    }
    return name;
  }

  /** The forms; the older one covers no map that a program has without a loader. */
  private List<SignedForm> forms(boolean coversMap) throws FormatException {
    List<SignedForm> forms = new ArrayList<>();
    for (Generation generation : Generation.values()) {
      if (members.isNext(generation.id() + "/insns")) {
        Member insns = members.next(generation.id() + "/insns");
        if (coversMap && generation == Generation.V6_18) {
          throw insns.fail("expected no form that leaves the map uncovered, found one");
        }
        int size = insns.content().size();
        if (size == 0 || size % INSN_SIZE != 0) {
          throw insns.fail("expected whole instructions of 8 bytes, found " + size + " bytes");
        }
        Bytes signature = members.next(generation.id() + "/sig.p7s").content();
        forms.add(new SignedForm(generation, insns.content(), signature));
      }
    }
    if (forms.isEmpty()) {
      throw members.fail("expected 7.3/insns or 6.18/insns");
    }
    return forms;
  }
}

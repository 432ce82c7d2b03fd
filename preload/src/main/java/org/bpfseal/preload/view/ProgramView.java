// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.view;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.manifest.FileDigest;
import org.bpfseal.verifier.manifest.Hold;
import org.bpfseal.verifier.manifest.MapEntry;
import org.bpfseal.verifier.program.Generation;

/**
 * A signed program of an image, or its guard.
 *
 * @param position in load order, from 1; 0 for the guard
 * @param data the blob
 */
public record ProgramView(
    int position,
    String name,
    boolean optional,
    FileDigest data,
    List<Form> forms,
    List<Prog> progs,
    List<MapEntry> maps,
    List<Link> links) {
  /** Copies the lists. */
  public ProgramView {
    forms = List.copyOf(forms);
    progs = List.copyOf(progs);
    maps = List.copyOf(maps);
    links = List.copyOf(links);
  }

  /**
   * The loader for some kernels.
   *
   * @param insns its instructions
   * @param signer absent if there is no signature that can be read
   */
  public record Form(Generation generation, FileDigest insns, Optional<SignerView> signer) {}

  /**
   * A BPF program that is loaded.
   *
   * @param hook type and what it is bound to, as {@code lsm/file_open}
   */
  public record Prog(String name, String hook) {}

  /**
   * A link.
   *
   * @param prog which it attaches
   * @param target what it attaches to, as the manifest's line says it
   * @param pin path on the running machine
   */
  public record Link(String name, Prog prog, String target, String pin, Optional<Hold> hold) {
    /** Where it attaches, in short: the hook that the program was made for, or the target. */
    public String place() {
      return target.contains(" ") ? target : prog.hook();
    }
  }

  /** Whom the signatures of its forms name, each once. */
  public List<String> signers() {
    return forms.stream()
        .map(form -> form.signer().map(SignerView::name).orElse("nobody"))
        .distinct()
        .toList();
  }
}

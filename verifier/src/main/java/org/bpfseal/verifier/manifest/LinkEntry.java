// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import java.util.Optional;

/**
 * A link: one attachment of one BPF program, pinned under its name.
 *
 * @param name like a program's; not {@code maps}, where the pinned maps are
 * @param prog index into {@link ProgramEntry#progs}
 * @param hold only in an image with a guard
 */
public record LinkEntry(String name, int prog, LinkTarget target, Optional<Hold> hold) {
  /** A link that anybody may end who may end links. */
  public LinkEntry(String name, int prog, LinkTarget target) {
    this(name, prog, target, Optional.empty());
  }
}

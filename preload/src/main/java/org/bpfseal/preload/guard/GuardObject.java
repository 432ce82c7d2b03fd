// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.bpfseal.verifier.bytes.Bytes;

/** The guard's object file, compiled by the build from {@code src/main/bpf}. */
public final class GuardObject {
  /** The name under which it is signed, and its folder's below the pins. */
  public static final String NAME = "guard";

  private GuardObject() {}

  /** The whole ELF file, for little-endian machines; to be signed like any program. */
  public static Bytes object() {
    try (InputStream in = GuardObject.class.getResourceAsStream("guard.bpf.o")) {
      if (in == null) {
        throw new IllegalStateException("the build left out guard.bpf.o");
      }
      return Bytes.owning(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

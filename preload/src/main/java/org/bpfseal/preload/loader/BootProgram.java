// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.bpfseal.verifier.bytes.Bytes;

/** A static executable for the initramfs, compiled by the build from {@code src/main/c}. */
public enum BootProgram {
  /** The boot loader, the image's {@code usr/lib/bpfseal/init}. */
  INIT("init"),

  /** Takes the place of the manifest's next program in a VM: prints the pins, switches off. */
  VM_NEXT("vm-next");

  private final String resource;

  BootProgram(String resource) {
    this.resource = resource;
  }

  /** The whole ELF file, for x86-64 if built there. */
  public Bytes executable() {
    try (InputStream in = BootProgram.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + resource);
      }
      return Bytes.owning(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.btf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.bpfseal.signer.elf.ElfReader;
import org.bpfseal.testing.ObjectVector;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/** Sections of the little-endian vectors. */
final class VectorSections {
  private VectorSections() {}

  static List<Bytes> named(String name) {
    return ObjectVector.all().stream()
        .filter(vector -> !vector.name().equals("big-endian"))
        .map(vector -> section(vector, name))
        .toList();
  }

  private static Bytes section(ObjectVector vector, String name) {
    try {
      Bytes file = Bytes.owning(Files.readAllBytes(vector.object()));
      return ElfReader.read(file).section(name).orElseThrow().content();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FormatException e) {
      throw new AssertionError(e);
    }
  }
}

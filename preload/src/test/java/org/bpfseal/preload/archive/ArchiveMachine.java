// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bpfseal.preload.loader.LabProgram;
import org.bpfseal.testing.Machine;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Has a kernel unpack archives, one a boot.
 *
 * @param kernel as {@link BareKernel} unpacked it
 * @param scratch a folder for the archive
 * @param kept a folder for what the machines said, which a second run asks instead of a machine
 */
record ArchiveMachine(Path kernel, Path scratch, Optional<Path> kept) {
  private static final int MEMORY_MIB = 256;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  Listing unpack(OddArchive archive) {
    try {
      if (kept.isEmpty()) {
        return Listing.of(boot(archive.bytes()));
      }
      Path console = kept.get().resolve(LabProgram.sha256(archive.bytes()));
      if (!Files.exists(console)) {
        Path partial = kept.get().resolve("partial");
        Files.write(partial, boot(archive.bytes()));
        Files.move(partial, console);
      }
      return Listing.of(Files.readAllLines(console));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> boot(Bytes archive) throws IOException {
    Path image = scratch.resolve("archive");
    Files.write(image, archive.toArray());
    String parameters =
        "rdinit=/" + OddArchives.LISTER + " quiet loglevel=1 mitigations=off random.trust_cpu=1";
    return new Machine(kernel, image, parameters, MEMORY_MIB, List.of(), LIMIT)
        .boot(line -> line.startsWith("list: end"))
        .lines();
  }
}

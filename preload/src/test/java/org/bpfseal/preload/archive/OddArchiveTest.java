// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.preload.guard.GuestProgram;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.image.ImageReader;
import org.bpfseal.verifier.image.Unpacking;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Odd archives, unpacked by the kernel and by the mirror. {@code preload/archives.sh} runs more.
 */
@Tag("lab")
class OddArchiveTest {
  private static final int MOST = 64 << 20;

  @TempDir Path folder;

  @Test
  void theMirrorUnpacksWhatTheKernelUnpacks() throws IOException {
    String release = System.getProperty("archives.kernel", "7.3");
    OddArchives archives =
        new OddArchives(
            Long.getLong("archives.seed", 20261125),
            GuestProgram.compile(folder, "archives", List.of("sha256.c")));
    ArchiveMachine machine =
        new ArchiveMachine(
            BareKernel.unpack(release, folder.resolve("vmlinux")),
            folder,
            Optional.ofNullable(System.getProperty("archives.kept")).map(Path::of));
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= Integer.getInteger("archives.count", 16); i++) {
      OddArchive archive = archives.archive(i);
      lines.add(compare(archive, archives.lister(), machine.unpack(archive)));
    }
    String out = System.getProperty("archives.out");
    if (out != null) {
      Files.write(Path.of(out), lines);
    }
    assertThat(lines).isNotEmpty().noneMatch(line -> line.contains("\tdifferent\t"));
  }

  /** Number, outcome, verdict, what it was. */
  private static String compare(OddArchive archive, Bytes lister, Listing kernel) {
    Unpacking unpacking = ImageReader.unpack(archive.bytes(), MOST);
    Listing mirror = MirrorListing.of(unpacking, lister);
    String verdict;
    if (unpacking.doubt().isPresent()) {
      verdict = "not judged\t" + unpacking.doubt().get().problem();
    } else if (mirror.equals(kernel)) {
      verdict = "equal\t" + mirror.lines().size() + " entries";
    } else {
      verdict =
          "different\tkernel listed=%b failed=%b, mirror listed=%b failed=%b%s"
              .formatted(
                  kernel.listed(),
                  kernel.failed(),
                  mirror.listed(),
                  mirror.failed(),
                  kernel.difference(mirror));
    }
    String outcome = kernel.failed() ? "stopped" : "unpacked";
    return "%d\t%s\t%s\t%s"
        .formatted(archive.number(), kernel.listed() ? outcome : "panic", verdict, archive.what());
  }
}

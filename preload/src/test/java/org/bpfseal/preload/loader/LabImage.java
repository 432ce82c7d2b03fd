// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;
import org.bpfseal.verifier.bytes.Bytes;

/** A preload image put together by hand, so that it can be wrong in every way. */
final class LabImage {
  private static final int FOLDER = CpioConstants.C_ISDIR | 0755;
  private static final int EXECUTABLE = CpioConstants.C_ISREG | 0755;
  private static final int FILE = CpioConstants.C_ISREG | 0644;

  private final SortedMap<String, Bytes> files = new TreeMap<>();
  private final List<String> programs = new ArrayList<>();
  private String keyring = "keyring builtin\n";
  private String ending = "failure halt\nnext /sbin/next\n";

  LabImage() {
    files.put("usr/lib/bpfseal/init", BootProgram.INIT.executable());
    files.put("sbin/next", BootProgram.VM_NEXT.executable());
  }

  /** Keyring user with this certificate. */
  LabImage trusting(Bytes der) {
    files.put("etc/bpfseal/certs/release.der", der);
    keyring = "keyring user\ncert release.der " + LabProgram.sha256(der) + "\n";
    return this;
  }

  /** The lines {@code failure} and {@code next}. */
  LabImage ending(String lines) {
    ending = lines;
    return this;
  }

  LabImage required(LabProgram program) {
    return add(program, "required");
  }

  LabImage optional(LabProgram program) {
    return add(program, "optional");
  }

  private LabImage add(LabProgram program, String need) {
    programs.add(
        "program " + program.name() + " " + need + "\n" + program.lines() + program.described());
    String folder = "etc/bpfseal/programs/%02d-%s/".formatted(programs.size(), program.name());
    program.files().forEach((path, content) -> files.put(folder + path, content));
    return this;
  }

  LabImage file(String path, Bytes content) {
    files.put(path, content);
    return this;
  }

  Path write(Path image) {
    String manifest =
        "bpfseal-manifest 1\nversion 7\n" + keyring + ending + String.join("", programs);
    files.putIfAbsent("etc/bpfseal/manifest", Bytes.utf8(manifest));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CpioArchiveOutputStream out = new CpioArchiveOutputStream(bytes)) {
      for (String folder : folders()) {
        append(out, folder, FOLDER, Bytes.EMPTY);
      }
      for (Map.Entry<String, Bytes> file : files.entrySet()) {
        boolean executable = file.getKey().contains("bin/") || file.getKey().startsWith("usr/lib/");
        append(out, file.getKey(), executable ? EXECUTABLE : FILE, file.getValue());
      }
      out.finish();
      return Files.write(image, bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> folders() {
    return files.keySet().stream().flatMap(LabImage::ancestors).distinct().sorted().toList();
  }

  private static Stream<String> ancestors(String path) {
    Path whole = Path.of(path);
    return IntStream.range(1, whole.getNameCount())
        .mapToObj(length -> whole.subpath(0, length).toString());
  }

  private static void append(CpioArchiveOutputStream out, String name, int mode, Bytes content)
      throws IOException {
    CpioArchiveEntry entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, name, content.size());
    entry.setMode(mode);
    out.putArchiveEntry(entry);
    out.write(content.toArray());
    out.closeArchiveEntry();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bpfseal.testing.Initramfs;
import org.bpfseal.verifier.bytes.Bytes;

/** A preload image put together by hand, so that it can be wrong in every way. */
final class LabImage {
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
    return Initramfs.write(
        image, files, path -> path.contains("bin/") || path.startsWith("usr/lib/"));
  }
}

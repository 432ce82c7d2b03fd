// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bpfseal.testing.Initramfs;
import org.bpfseal.verifier.bytes.Bytes;

/** A preload image put together by hand, so that it can be wrong in every way. */
public final class LabImage {
  private final SortedMap<String, Bytes> files = new TreeMap<>();
  private final List<String> programs = new ArrayList<>();
  private String keyring = "keyring builtin\n";
  private String ending = "failure halt\nnext /sbin/next\n";
  private String guard = "";
  private Optional<LabKey> manifestKey = Optional.empty();

  public LabImage() {
    files.put("usr/lib/bpfseal/init", BootProgram.INIT.executable());
    files.put("sbin/next", BootProgram.VM_NEXT.executable());
  }

  /** Keyring user with this certificate. */
  public LabImage trusting(Bytes der) {
    files.put("etc/bpfseal/certs/release.der", der);
    keyring = "keyring user\ncert release.der " + LabProgram.sha256(der) + "\n";
    return this;
  }

  /** The lines {@code failure} and {@code next}. */
  public LabImage ending(String lines) {
    ending = lines;
    return this;
  }

  /**
   * With a guard, whose folder is not a program's, and a signed manifest.
   *
   * @param loads the load policy
   * @param confirmers file names to certificates
   */
  public LabImage guarded(
      LabProgram program, String loads, Map<String, Bytes> confirmers, LabKey key) {
    StringBuilder lines = new StringBuilder("guard " + loads + "\n");
    lines.append(program.lines()).append(program.described());
    confirmers.forEach(
        (name, der) -> {
          files.put("etc/bpfseal/certs/" + name, der);
          lines
              .append("confirm ")
              .append(name)
              .append(' ')
              .append(LabProgram.sha256(der))
              .append('\n');
        });
    program.files().forEach((path, content) -> files.put("etc/bpfseal/guard/" + path, content));
    guard = lines.toString();
    manifestKey = Optional.of(key);
    return this;
  }

  public LabImage required(LabProgram program) {
    return add(program, "required");
  }

  public LabImage optional(LabProgram program) {
    return add(program, "optional");
  }

  private LabImage add(LabProgram program, String need) {
    programs.add(
        "program " + program.name() + " " + need + "\n" + program.lines() + program.described());
    String folder = "etc/bpfseal/programs/%02d-%s/".formatted(programs.size(), program.name());
    program.files().forEach((path, content) -> files.put(folder + path, content));
    return this;
  }

  public LabImage file(String path, Bytes content) {
    files.put(path, content);
    return this;
  }

  /** The text that is signed; a file of this name put in before is written instead. */
  public String manifest() {
    return "bpfseal-manifest 1\nversion 7\n" + keyring + ending + guard + String.join("", programs);
  }

  public Path write(Path image) {
    Bytes manifest = Bytes.utf8(manifest());
    files.putIfAbsent("etc/bpfseal/manifest", manifest);
    manifestKey.ifPresent(key -> files.putIfAbsent("etc/bpfseal/manifest.p7s", key.sign(manifest)));
    return Initramfs.write(
        image, files, path -> path.contains("bin/") || path.startsWith("usr/lib/"));
  }
}

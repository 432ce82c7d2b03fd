// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One BPF object of {@code test-vectors/objects} and what bpftool makes of it.
 *
 * <p>Hashes are SHA-256 in lower-case hex. The line format is in {@code test-vectors/README.md}; a
 * line of any other shape is refused.
 *
 * @param object the object file
 * @param name the object name given to the generator
 * @param compiler {@code clang-VERSION}
 * @param sha256 of the object file
 * @param unsignedInsns of the unsigned loader's instructions
 * @param insns of the 7.3 loader's instructions: its exclusive hash
 * @param b2 of the 6.18 loader's instructions: its exclusive hash
 * @param data of the blob
 * @param signature of the 7.3 form's signature by {@code keys-example/rsa}
 * @param b2Signature of the 6.18 form's signature by the same key
 * @param loads kernel series that load it; empty if none can
 */
public record ObjectVector(
    Path object,
    String name,
    String compiler,
    String sha256,
    String unsignedInsns,
    String insns,
    String b2,
    String data,
    String signature,
    String b2Signature,
    Set<String> loads) {
  private static final String HEADER = "bpfseal-objects 1";
  private static final String HASH = "=([0-9a-f]{64})";
  private static final Pattern LINE =
      Pattern.compile(
          "object (clang-[0-9]+/[a-z0-9-]+\\.bpf\\.o) name=([a-z0-9-]+) compiler=(clang-[0-9.]+)"
              + (" sha256" + HASH + " unsigned" + HASH + " insns" + HASH + " b2" + HASH)
              + (" data" + HASH + " sig" + HASH + " b2sig" + HASH)
              + " loads=(none|[0-9.]+(?:,[0-9.]+)*)");

  /** Copies the set. */
  public ObjectVector {
    loads = Set.copyOf(loads);
  }

  /** All vectors, in the manifest's order. */
  public static List<ObjectVector> all() {
    Path folder = Lab.vectors().resolve("objects");
    return read(folder, VectorLines.text(folder.resolve("manifest")));
  }

  /** Reads a manifest whose files lie in the folder. */
  static List<ObjectVector> read(Path folder, String manifest) {
    return VectorLines.read(manifest, HEADER, LINE).stream()
        .map(words -> of(folder, words))
        .toList();
  }

  private static ObjectVector of(Path folder, MatchResult words) {
    String loads = words.group(11);
    return new ObjectVector(
        folder.resolve(words.group(1)),
        words.group(2),
        words.group(3),
        words.group(4),
        words.group(5),
        words.group(6),
        words.group(7),
        words.group(8),
        words.group(9),
        words.group(10),
        loads.equals("none") ? Set.of() : Set.of(loads.split(",", -1)));
  }

  /** Folder and file name: what a parameterized test shows. */
  @Override
  public String toString() {
    return object.subpath(object.getNameCount() - 2, object.getNameCount()).toString();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.Sha256;
import org.bpfseal.verifier.manifest.FileDigest;

/**
 * The bundle's files as the boot loader reads them.
 *
 * @param taken takes the paths that were asked for
 * @param findings takes what is wrong with them
 */
record BundleFiles(BundleTree tree, Set<String> taken, List<ImageFinding> findings) {
  BundleFiles reportingTo(List<ImageFinding> others) {
    return new BundleFiles(tree, taken, others);
  }

  /** A file; its absence is a finding. */
  Optional<Bytes> any(String path) {
    taken.add(path);
    Optional<Bytes> file = tree.file(path);
    if (file.isEmpty()) {
      findings.add(ImageFinding.of(ImageCheck.FILE_MISSING, path));
    }
    return file;
  }

  /** A file of at most so many bytes. */
  Optional<Bytes> atMost(String path, int most) {
    Optional<Bytes> file = any(path);
    if (file.isPresent() && file.get().size() > most) {
      findings.add(ImageFinding.of(ImageCheck.SIZE_MOST, path, file.get().size(), most));
    }
    return file;
  }

  /** A file whose size and digest the manifest names. */
  Optional<Bytes> named(String path, FileDigest wanted) {
    Optional<Bytes> file = any(path);
    if (file.isPresent() && file.get().size() != wanted.size()) {
      findings.add(
          ImageFinding.of(ImageCheck.SIZE_DIFFERS, path, file.get().size(), wanted.size()));
    } else if (file.isPresent()) {
      compare(path, file.get(), wanted.sha256());
    }
    return file;
  }

  void compare(String path, Bytes file, Bytes wanted) {
    Bytes found = Sha256.of(file);
    if (!found.equals(wanted)) {
      findings.add(ImageFinding.of(ImageCheck.HASH_DIFFERS, path, found.toHex()));
    }
  }
}

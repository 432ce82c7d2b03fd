// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * The files of an image that the boot loader reads, once it is sure that the kernel unpacks just
 * these bytes under these names: each once, in a folder that is there before, reached through no
 * symbolic link and sharing its bytes with no other name.
 */
final class BundleTree {
  static final String ROOT = "etc/bpfseal";
  static final String LOADER = "usr/lib/bpfseal/init";

  /** Folders that the loader mounts on or finds its files in. */
  private static final Set<String> FOLDERS =
      Set.of("", "dev", "proc", "sys", "etc", "usr", "usr/lib", "usr/lib/bpfseal", ROOT);

  private static final int EXECUTABLE = 0111;
  private static final int OTHER_IDENTITY = 06000;

  private final RootTree root;
  private final Map<String, Bytes> files = new HashMap<>();
  private final List<ImageFinding> findings = new ArrayList<>();
  private final Set<String> folders = new HashSet<>(Set.of(""));
  private final Set<String> links = new HashSet<>();

  private BundleTree(RootTree root) {
    this.root = root;
  }

  static BundleTree of(Image image) {
    BundleTree tree = new BundleTree(image.tree());
    image.entries().forEach(tree::add);
    tree.checkLoader();
    tree.compareWithRoot();
    return tree;
  }

  /**
   * The last word has what the kernel leaves: there are more ways to spoil a file than rules here.
   */
  private void compareWithRoot() {
    if (findings.isEmpty()) {
      files.forEach(
          (path, content) -> {
            if (!root.file(path).equals(Optional.of(content))) {
              report(ImageCheck.FILE_UNPACKED_OTHERWISE, path);
            }
          });
    }
  }

  private void checkLoader() {
    int mode = root.permissions(LOADER).orElse(EXECUTABLE);
    if ((mode & EXECUTABLE) == 0 || (mode & OTHER_IDENTITY) != 0) {
      report(ImageCheck.LOADER_NOT_STARTED, LOADER, Integer.toOctalString(mode));
    }
  }

  List<ImageFinding> findings() {
    return findings;
  }

  Optional<Bytes> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  Set<String> paths() {
    return Set.copyOf(files.keySet());
  }

  private static boolean isProtected(String path) {
    return path.equals(LOADER) || path.startsWith(ROOT + "/");
  }

  private void add(ImageEntry entry) {
    String path = entry.path();
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (links.contains(path.substring(0, slash))) {
        report(ImageCheck.WRITTEN_THROUGH_LINK, path, path.substring(0, slash));
        return;
      }
    }
    if (FOLDERS.contains(path) && !entry.isFolder()) {
      report(ImageCheck.FOLDER_EXPECTED, path);
    }
    if (entry.isSymbolicLink()) {
      links.add(path);
    } else if (entry.isFolder()) {
      folders.add(path);
      links.remove(path);
    }
    if (isProtected(path) && !entry.isFolder()) {
      addFile(entry);
    } else if (files.containsKey(path)) {
      report(ImageCheck.FILE_TWICE, path);
    }
  }

  private void addFile(ImageEntry entry) {
    String path = entry.path();
    String folder = path.substring(0, path.lastIndexOf('/'));
    if (!entry.isFile() || entry.links() > 1) {
      report(ImageCheck.FILE_EXPECTED, path);
    } else if (!folders.contains(folder)) {
      report(ImageCheck.FOLDER_MISSING, path, folder);
    } else if (files.put(path, entry.content()) != null || folders.contains(path)) {
      report(ImageCheck.FILE_TWICE, path);
    }
  }

  private void report(ImageCheck check, String path, Object... values) {
    findings.add(ImageFinding.of(check, path, values));
  }
}

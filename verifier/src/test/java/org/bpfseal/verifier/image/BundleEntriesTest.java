// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Entries behind a good bundle that make the kernel unpack something else than was signed. */
class BundleEntriesTest {
  private static final String ROOT = BundleMaker.ROOT;
  private static final String FIRST = BundleMaker.FIRST;
  private static final String NOT_STARTED = "loader-not-started";

  /** Changes the archive. */
  interface Entry {
    NewcMaker of(BundleMaker bundle);
  }

  static List<Arguments> entries() {
    String manifest = ROOT + "manifest";
    String data = FIRST + "data";
    return List.of(
        Arguments.of(
            "a file twice", entry(b -> b.archive().file(data, b.file(data))), "file-twice"),
        Arguments.of(
            "a file twice, spelt otherwise",
            entry(b -> b.archive().file("/./" + data, b.file(data))),
            "file-twice"),
        Arguments.of(
            "a folder in a file's place", entry(b -> b.archive().folder(manifest)), "file-twice"),
        Arguments.of(
            "a symbolic link for a folder",
            entry(b -> b.archive().symbolicLink("usr/lib/bpfseal", "/tmp")),
            "folder-expected"),
        Arguments.of(
            "a symbolic link for a program's folder",
            entry(b -> b.archive().symbolicLink(ROOT + "programs", "/tmp")),
            "file-expected"),
        Arguments.of(
            "a file through a symbolic link",
            entry(
                b -> b.archive().symbolicLink("x", "etc").file("x/bpfseal/manifest", Bytes.EMPTY)),
            "written-through-link"),
        Arguments.of(
            "a file with two names",
            entry(b -> b.archive().entry(ROOT + "other", 0100644, 2, Bytes.EMPTY)),
            "file-expected"),
        Arguments.of(
            "a device",
            entry(b -> b.archive().entry(ROOT + "other", 060600, 1, Bytes.EMPTY)),
            "file-expected"),
        Arguments.of(
            "a slash behind a file",
            entry(b -> b.archive().file(ROOT + "late/", Bytes.EMPTY)),
            "file-unpacked-otherwise file-unlisted"),
        Arguments.of("a loader that is no program", entry(b -> started(b, 0100644)), NOT_STARTED),
        Arguments.of("a loader as another user", entry(b -> started(b, 0104755)), NOT_STARTED),
        Arguments.of(
            "a file before its folder",
            entry(b -> b.archive().file(ROOT + "late/data", Bytes.EMPTY)),
            "folder-missing"));
  }

  private static NewcMaker started(BundleMaker bundle, int mode) {
    bundle.loaderMode(mode);
    return bundle.archive();
  }

  private static Entry entry(Entry entry) {
    return entry;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("entries")
  void answersToOddEntries(String name, Entry entry, String code) throws Exception {
    BundleJudgeTest.check(
        entry.of(BundleMaker.good()).finish(),
        "7.3",
        "refused " + BundleJudgeTest.ALL_GOOD + " " + code);
  }
}

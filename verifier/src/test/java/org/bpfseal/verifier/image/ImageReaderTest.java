// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel unpacks, and what is refused because it could unpack something else. */
class ImageReaderTest {
  private static final int MOST = 1 << 20;
  private static final Bytes CONTENT = Bytes.utf8("hello");

  private static NewcMaker maker() {
    return new NewcMaker();
  }

  private static Bytes good() {
    return maker().folder("a").file("a/b", CONTENT).finish();
  }

  private static List<String> paths(Image image) {
    return image.entries().stream().map(ImageEntry::path).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "gzip", "xz", "zstd"})
  void readsEachPacking(String how) throws Exception {
    Image image = ImageReader.read(NewcMaker.packed(how, good()), MOST);
    assertThat(paths(image)).containsExactly("a", "a/b");
    assertThat(image.entries().getLast().content()).isEqualTo(CONTENT);
    assertThat(image.segments())
        .singleElement()
        .satisfies(it -> assertThat(it.packing().id()).isEqualTo(how.replace("plain", "none")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "gzip", "xz", "zstd"})
  void readsASegmentBehindEachPacking(String how) throws Exception {
    Bytes first = NewcMaker.packed(how, good());
    Bytes zeros = Bytes.owning(new byte[Math.floorMod(-first.size(), 4) + 8]);
    Image image = ImageReader.read(Bytes.concat(first, zeros, good()), MOST);
    assertThat(paths(image)).containsExactly("a", "a/b", "a", "a/b");
    // A plain archive takes up the zeros and the next one, as the kernel does.
    assertThat(image.segments()).hasSize(how.equals("plain") ? 1 : 2);
  }

  @Test
  void pathsHaveOneSpelling() throws Exception {
    Bytes image = maker().folder(".").file("/./a//b", CONTENT).file("c/", CONTENT).finish();
    assertThat(paths(ImageReader.read(image, MOST))).containsExactly("", "a/b", "c");
  }

  static List<Arguments> refused() {
    Bytes good = good();
    Bytes gzip = NewcMaker.packed("gzip", good);
    Bytes xz = NewcMaker.packed("xz", good);
    Bytes zstd = NewcMaker.packed("zstd", good);
    List<Arguments> all = new ArrayList<>();
    all.add(Arguments.of("nothing", Bytes.EMPTY, "expected an entry, found none"));
    all.add(Arguments.of("zeros", Bytes.owning(new byte[8]), "expected an entry, found none"));
    all.add(Arguments.of("junk", Bytes.utf8("junk"), "expected an archive, packed or not"));
    all.add(Arguments.of("junk behind", Bytes.concat(good, Bytes.utf8("x")), "at byte 512"));
    all.add(Arguments.of("cut header", good.slice(0, 60), "expected a whole entry, found the end"));
    all.add(
        Arguments.of("cut content", good.slice(0, 230), "expected a whole entry, found the end"));
    all.add(Arguments.of("cut gzip", gzip.slice(0, gzip.size() - 9), "gzip at byte 0"));
    all.add(Arguments.of("cut xz", xz.slice(0, xz.size() - 9), "xz at byte 0"));
    all.add(Arguments.of("cut zstd", zstd.slice(0, zstd.size() - 9), "zstd at byte 0"));
    all.add(Arguments.of("gzip data", flipped(gzip, 10, 6), "gzip at byte 0"));
    all.add(Arguments.of("gzip with an extra field", extraField(gzip), "expected deflated bytes"));
    all.add(Arguments.of("xz with CRC64", NewcMaker.packed("xz-crc64", good), "expected CRC32"));
    all.add(Arguments.of("bzip2", Bytes.utf8("BZh91AY"), "isn't judged"));
    all.add(Arguments.of("lzma", Bytes.hex("5d000080"), "isn't judged"));
    all.add(Arguments.of("old magic", Bytes.utf8("070707" + "0".repeat(120)), "070701 or 070702"));
    all.add(Arguments.of("no hex", flipped(good, 20, 0x40), "expected hex digits"));
    all.add(Arguments.of("wrong sum", flipped(good, 117, 3), "check sum"));
    all.add(Arguments.of("dots", maker().file("a/../b", CONTENT).finish(), "no part .."));
    all.add(Arguments.of("NUL in a name", maker().file("a\0b", CONTENT).finish(), "one NUL"));
    all.add(Arguments.of("deep", maker().folder("a/".repeat(65)).finish(), "at most 64 parts"));
    all.add(
        Arguments.of(
            "folder with content",
            maker().entry("a", 040755, 2, CONTENT).finish(),
            "expected none"));
    Bytes large =
        NewcMaker.packed("zstd", maker().file("a", Bytes.owning(new byte[MOST])).finish());
    all.add(Arguments.of("large", large, "expected at most 1048576 bytes unpacked"));
    Bytes[] many = new Bytes[65];
    Arrays.fill(many, gzip);
    all.add(Arguments.of("many segments", Bytes.concat(many), "expected at most 64 segments"));
    return all;
  }

  /** As its flag says, which the kernel doesn't know. */
  private static Bytes extraField(Bytes gzip) {
    Bytes field = Bytes.of((byte) 1, (byte) 0, (byte) 'x');
    return Bytes.concat(flipped(gzip, 3, 4).slice(0, 10), field, gzip.from(10));
  }

  private static Bytes flipped(Bytes bytes, int at, int bits) {
    byte[] copy = bytes.toArray();
    copy[at] ^= (byte) bits;
    return Bytes.owning(copy);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refuses(String name, Bytes file, String problem) {
    assertThatThrownBy(() -> ImageReader.read(file, MOST))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(problem);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitramfsWriterTest {
  private static final int HEADER_SIZE = 110;
  private static final List<ImageFile> FILES =
      List.of(
          ImageFile.executable("usr/lib/bpfseal/init", Bytes.utf8("x".repeat(1001))),
          ImageFile.of("etc/bpfseal/manifest", Bytes.utf8("four")),
          ImageFile.of("etc/bpfseal/certs/a.der", Bytes.of((byte) 0, (byte) 255, (byte) 10)),
          ImageFile.of("etc/bpfseal/empty", Bytes.EMPTY),
          ImageFile.of("etc/bpfseal-other", Bytes.utf8("sorted before the folder's files")),
          ImageFile.of("zz", Bytes.utf8("12345")));

  @TempDir Path folder;

  @Test
  void hasTheSameBytesWhateverTheOrderLocaleAndTimeZone() {
    Bytes archive = InitramfsWriter.write(FILES);
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      List<ImageFile> reversed = new ArrayList<>(FILES);
      Collections.reverse(reversed);
      assertThat(InitramfsWriter.write(reversed)).isEqualTo(archive);
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
    assertThat(archive.size() % 512).isZero();
  }

  @Test
  @Tag("lab")
  void isWhatTheKernelsOwnWriterMakes() throws IOException {
    List<String> list = new ArrayList<>();
    for (String path : listed()) {
      Path content = folder.resolve(path.replace('/', '+'));
      FILES.stream()
          .filter(file -> file.path().equals(path))
          .findFirst()
          .ifPresentOrElse(
              file -> {
                write(content, file.content());
                list.add(
                    "file /%s %s %s 0 0"
                        .formatted(path, content, file.executable() ? "0755" : "0644"));
              },
              () -> list.add("dir /%s 0755 0 0".formatted(path)));
    }
    Path lines = Files.write(folder.resolve("list"), list);
    Bytes expected = HostCommand.outputOf(Lab.genInitCpio(), "-t", "0", lines);

    assertThat(lowerCaseHeaders(InitramfsWriter.write(FILES)))
        .isEqualTo(lowerCaseHeaders(expected));
  }

  private static void write(Path file, Bytes content) {
    try {
      Files.write(file, content.toArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Bytes lowerCaseHeaders(Bytes archive) {
    byte[] bytes = archive.toArray();
    int at = 0;
    while (at + HEADER_SIZE < bytes.length && bytes[at] != 0) {
      String header = new String(bytes, at, HEADER_SIZE, StandardCharsets.US_ASCII);
      byte[] lower = header.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(lower, 0, bytes, at, HEADER_SIZE);
      int name = Integer.parseInt(header.substring(94, 102), 16);
      int size = Integer.parseInt(header.substring(54, 62), 16);
      at = aligned(aligned(at + HEADER_SIZE + name) + size);
    }
    return Bytes.owning(bytes);
  }

  private static int aligned(int offset) {
    return (offset + 3) & ~3;
  }

  @ParameterizedTest
  @EnumSource
  void everyToolUnpacksWhatWasPacked(Compression compression) {
    Bytes archive = InitramfsWriter.write(FILES);
    Bytes packed = compression.compress(archive);
    Path image = folder.resolve("image");
    write(image, packed);
    String unpack =
        switch (compression) {
          case NONE -> "cat";
          case GZIP -> "gzip -dc";
          case XZ -> "xz -dc";
          case ZSTD -> "zstd -dcq";
        };
    HostCommand answer =
        HostCommand.run(
            Map.of("LC_ALL", "C"), "sh", "-c", unpack + " <\"$0\" | cpio -it --quiet", image);

    assertThat(compression.compress(archive)).isEqualTo(packed);
    assertThat(answer.text().lines()).containsExactlyElementsOf(listed());
    assertThat(HostCommand.outputOf("sh", "-c", unpack + " <\"$0\"", image)).isEqualTo(archive);
  }

  @ParameterizedTest
  @EnumSource
  void isReadBack(Compression compression) throws Exception {
    Bytes archive = InitramfsWriter.write(FILES);
    Bytes image = compression.compress(archive);

    assertThat(InitramfsReader.read(image)).containsExactlyInAnyOrderElementsOf(FILES);
    assertThat(InitramfsReader.compression(image)).isEqualTo(compression);
    assertThatThrownBy(() -> InitramfsReader.read(Bytes.concat(archive, archive)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("expected each path once");
    Bytes other = InitramfsWriter.write(List.of(ImageFile.of("other", Bytes.EMPTY)));
    assertThatThrownBy(() -> InitramfsReader.read(Bytes.concat(archive, other)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("another spelling or more");
  }

  private static List<String> listed() {
    return List.of(
        "etc",
        "etc/bpfseal",
        "etc/bpfseal-other",
        "etc/bpfseal/certs",
        "etc/bpfseal/certs/a.der",
        "etc/bpfseal/empty",
        "etc/bpfseal/manifest",
        "usr",
        "usr/lib",
        "usr/lib/bpfseal",
        "usr/lib/bpfseal/init",
        "zz");
  }

  @Test
  void xzHasTheOneCheckThatTheKernelKnows() {
    Bytes packed = Compression.XZ.compress(InitramfsWriter.write(FILES));

    assertThat(packed.slice(0, 8)).isEqualTo(Bytes.hex("fd377a585a000001"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/etc", "etc/", "a//b", "a/../b", "./a", "a b", "ä", "a\nb", "a\0"})
  void refusesAPathThatIsNone(String path) {
    assertThatThrownBy(() -> ImageFile.of(path, Bytes.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAFileThatIsAlsoAFolderOrThereTwice() {
    ImageFile file = ImageFile.of("a", Bytes.EMPTY);

    assertThatThrownBy(() -> InitramfsWriter.write(List.of(file, file)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> InitramfsWriter.write(List.of(file, ImageFile.of("a/b", Bytes.EMPTY))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

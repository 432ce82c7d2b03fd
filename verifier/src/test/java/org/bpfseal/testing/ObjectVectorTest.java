// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectVectorTest {
  private static final String LINE =
      "object clang-14/x.bpf.o name=x compiler=clang-14.0.6 sha256=%1$s unsigned=%1$s insns=%1$s"
          + " b2=%1$s data=%1$s sig=%1$s b2sig=%1$s loads=6.18,7.3\n";
  private static final String HASH = "0123456789abcdef".repeat(4);

  static List<ObjectVector> all() {
    return ObjectVector.all();
  }

  static List<RefusedVector> refused() {
    return RefusedVector.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void fileIsTheOneOfTheManifest(ObjectVector vector) throws Exception {
    assertThat(sha256(vector.object())).isEqualTo(vector.sha256());
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusedFileIsTheOneOfTheManifest(RefusedVector vector) throws Exception {
    assertThat(sha256(vector.object())).isEqualTo(vector.sha256());
  }

  static List<MalformedVector> malformed() {
    return MalformedVector.all();
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformedFileIsTheOneOfTheManifest(MalformedVector vector) throws Exception {
    assertThat(sha256(vector.object())).isEqualTo(vector.sha256());
  }

  private static String sha256(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }

  @ParameterizedTest
  @MethodSource("all")
  void noPathOfTheCompilingMachineIsInside(ObjectVector vector) throws IOException {
    String text = Files.readString(vector.object(), StandardCharsets.ISO_8859_1);
    assertThat(text).doesNotContain("/tmp", "/home", "/root", "/usr/");
  }

  @Test
  void everySourceHasAnObjectOfEachCompiler() throws IOException {
    try (Stream<Path> files = Files.list(Lab.vectors().resolve("objects"))) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".bpf.c") || name.equals("linked"))
              .map(name -> name.replace(".bpf.c", ""))
              .flatMap(name -> Stream.of("clang-14/" + name, "clang-19/" + name))
              .map(name -> name + ".bpf.o")
              .toList();
      assertThat(all())
          .extracting(ObjectVector::toString)
          .containsExactlyInAnyOrderElementsOf(names);
    }
  }

  @Test
  void everyLineIsRead() {
    List<ObjectVector> read =
        ObjectVector.read(Path.of("here"), "bpfseal-objects 1\n" + LINE.formatted(HASH));
    assertThat(read).singleElement().extracting(ObjectVector::insns).isEqualTo(HASH);
    assertThat(read.getFirst().loads()).containsExactlyInAnyOrder("6.18", "7.3");
  }

  @ParameterizedTest
  @MethodSource("wrongManifests")
  void otherShapesAreRefused(String manifest) {
    assertThatThrownBy(() -> ObjectVector.read(Path.of("here"), manifest))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static List<String> wrongManifests() {
    String line = LINE.formatted(HASH);
    String header = "bpfseal-objects 1\n";
    return List.of(
        line,
        "bpfseal-objects 2\n" + line,
        header + line.strip(),
        header + "\n" + line,
        header + line.replace("loads=6.18,7.3", "loads=6.18,7.3 more=1"),
        header + line.replace("unsigned=", "Unsigned="),
        header + line.replace(HASH, HASH.substring(1)),
        header + line.replace("clang-14/", "../"));
  }
}

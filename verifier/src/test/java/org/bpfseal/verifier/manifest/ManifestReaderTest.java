// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bpf.MapType;
import org.bpfseal.verifier.bpf.ProgramType;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.program.Generation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestReaderTest {
  private static final Path FOLDER = Lab.vectors().resolve("manifest");

  static List<String> good() throws IOException {
    return files().filter(name -> name.startsWith("good-")).toList();
  }

  static List<String> bad() throws IOException {
    return files().filter(name -> name.startsWith("bad-")).toList();
  }

  private static Stream<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> FOLDER.relativize(file).toString())
          .filter(name -> name.endsWith(".txt"))
          .sorted()
          .toList()
          .stream();
    }
  }

  /** One spelling for each content: what was read is written as it was. */
  @ParameterizedTest
  @MethodSource("good")
  void readsAndWritesTheGood(String name) throws Exception {
    Bytes text = text(name);
    assertThat(ManifestText.of(ManifestReader.read(text)).toUtf8()).isEqualTo(text.toUtf8());
    assertThat(ManifestReader.recognises(text)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesTheBadAtItsLine(String name) throws Exception {
    Map<String, String> lines =
        Files.readAllLines(FOLDER.resolve("lines")).stream()
            .map(line -> line.split(" ", 2))
            .collect(Collectors.toMap(words -> words[0], words -> "line " + words[1]));
    Bytes text = text(name);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> ManifestReader.read(text))
        .satisfies(
            fault -> {
              assertThat(fault.path()).isEqualTo(lines.get(name));
              assertThat(line(text, fault.offset())).isEqualTo(fault.path());
            });
  }

  private static String line(Bytes text, long offset) {
    return "line "
        + (1 + text.slice(0, (int) offset).toUtf8().chars().filter(c -> c == 10).count());
  }

  @Test
  void valuesAreThoseOfTheText() throws Exception {
    Manifest manifest = ManifestReader.read(text("good-typical.txt"));
    assertThat(manifest.version()).isEqualTo(12);
    assertThat(manifest.keyring()).isEqualTo(KeyringKind.USER);
    assertThat(manifest.certificates())
        .extracting(CertificateEntry::name)
        .containsExactly("release.der");
    assertThat(manifest.failure()).isEqualTo(FailureMode.HALT);
    assertThat(manifest.next()).isEqualTo("/init");
    ProgramEntry program = manifest.programs().getFirst();
    assertThat(program.name()).isEqualTo("exec-guard");
    assertThat(program.optional()).isFalse();
    assertThat(program.data().size()).isEqualTo(4096);
    assertThat(program.data().sha256().toHex()).startsWith("0123456789abcdef");
    assertThat(program.forms().keySet()).containsExactly(Generation.V7_3, Generation.V6_18);
    assertThat(program.maps())
        .containsExactly(
            new MapEntry("events", MapType.RINGBUF, true),
            new MapEntry("exec_gua.bss", MapType.ARRAY, false));
    assertThat(program.progs())
        .containsExactly(
            new ProgEntry("check_exec", ProgramType.LSM),
            new ProgEntry("on_exec", ProgramType.TRACING));
    assertThat(program.links())
        .containsExactly(
            new LinkEntry("check_exec", 0, new LinkTarget.Lsm()),
            new LinkEntry("on_exec", 1, new LinkTarget.Tracing()));
  }

  @Test
  void everyLinkKindHasItsKeys() throws Exception {
    ProgramEntry program =
        ManifestReader.read(text("good-every-link-kind.txt")).programs().getFirst();
    assertThat(program.links())
        .contains(
            new LinkEntry("cg2", 0, new LinkTarget.Cgroup(255, "/system.slice/a-b.service")),
            new LinkEntry("x1", 1, new LinkTarget.Xdp("lo", Optional.empty())),
            new LinkEntry("x3", 1, new LinkTarget.Xdp("enp0s31f6", Optional.of(XdpMode.NATIVE))),
            new LinkEntry("k2", 0, new LinkTarget.Kprobe("vfs_read", 1, false)),
            new LinkEntry("k4", 0, new LinkTarget.Kprobe("f", 0xffff_ffffL, true)),
            new LinkEntry("m2", 0, new LinkTarget.KprobeMulti(List.of("a", "b", "c"), true)),
            new LinkEntry("n4", 0, new LinkTarget.Netfilter(0, 0, Integer.MIN_VALUE)));
    Set<String> kinds =
        Arrays.stream(LinkTarget.class.getPermittedSubclasses())
            .map(Class::getName)
            .collect(Collectors.toSet());
    assertThat(program.links())
        .extracting(link -> link.target().getClass().getName())
        .containsAll(kinds);
  }

  @Test
  void aRepeatedNameHasANumber() throws Exception {
    ProgramEntry program =
        ManifestReader.read(text("good-link-of-repeated-prog.txt")).programs().getFirst();
    assertThat(program.links()).extracting(LinkEntry::prog).containsExactly(2, 0, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, /init, p, 0, lsm, line 2",
    "4294967296, /init, p, 0, lsm, line 2",
    "1, init, p, 0, lsm, line 5",
    "1, /a b, p, 0, lsm, line 5",
    "1, '/a\nprogram', p, 0, lsm, line 6",
    "1, /init, p, 0, 'x p lsm\nlink y', line 1",
    "1, /init, p.q, 1, lsm, line 10",
    "1, /init, p, -1, lsm, line 10",
    "1, /init, a234567890123456, 0, lsm, line 9",
  })
  void writesNoManifestThatCannotBeRead(
      long version, String next, String prog, int index, String link, String line) {
    FileDigest file = new FileDigest(8, Bytes.owning(new byte[32]));
    ProgramEntry program =
        new ProgramEntry(
            "a",
            false,
            file,
            Map.of(Generation.V7_3, file),
            List.of(),
            List.of(new ProgEntry(prog, ProgramType.LSM)),
            List.of(new LinkEntry(link, index, new LinkTarget.Lsm())));
    Manifest manifest =
        new Manifest(
            version, KeyringKind.BUILTIN, List.of(), FailureMode.HALT, next, List.of(program));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> ManifestText.of(manifest))
        .satisfies(fault -> assertThat(fault.path()).isEqualTo(line));
  }

  private static Bytes text(String name) throws IOException {
    return Bytes.owning(Files.readAllBytes(FOLDER.resolve(name)));
  }
}

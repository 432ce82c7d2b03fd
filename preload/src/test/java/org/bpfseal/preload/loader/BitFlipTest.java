// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfseal.preload.guard.GuardProgram;
import org.bpfseal.preload.image.Compression;
import org.bpfseal.testing.Initramfs;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One bit of an image with a guard and several programs, changed at many places: the verifier
 * refuses, or the bit has no effect. Some of either kind are booted. {@code preload/flips.sh} does
 * more of both.
 *
 * <p>A machine with an image that the verifier refuses must load and attach nothing that the sound
 * image doesn't, whatever else becomes of it; one with a bit without effect must report the same as
 * with the sound image.
 */
@Tag("lab")
class BitFlipTest {
  private static final String KERNEL = "7.3";
  private static final Pattern LOADED =
      Pattern.compile("(program name=\\S+|link program=\\S+ name=\\S+) .*result=OK.*");

  private static final List<Compression> PACKINGS = List.of(Compression.values());

  @TempDir static Path folder;
  private static final Map<Compression, Bytes> IMAGES = new EnumMap<>(Compression.class);
  private static KernelProfile profile;
  private static Keyring trusted;
  private static Bytes loader;
  private static Bytes next;

  @BeforeAll
  static void makeImages() throws IOException {
    LabKey key = new LabKey("rsa", folder);
    LabPrograms programs = new LabPrograms(key);
    LabImage image =
        new LabImage()
            .trusting(key.der())
            .guarded(
                GuardProgram.signedBy(key),
                "types",
                Map.of("ops.der", new LabKey("p256", folder).der()),
                key)
            .required(
                LabProgram.of(
                    "lsm-observers",
                    key,
                    LabPrograms.LSM_OBJECTS + "link open watch_open lsm stop-on-confirm\n"))
            .required(programs.tracepoints())
            .required(programs.netfilter());
    Bytes plain = Bytes.owning(Files.readAllBytes(image.write(folder.resolve("sound"))));
    for (Compression compression : Compression.values()) {
      IMAGES.put(compression, compression.compress(plain));
    }
    loader = BootProgram.INIT.executable();
    next = nextProgram();
    profile = KernelProfile.debianCloud(KernelRelease.parse(KERNEL).orElseThrow());
    Keyring.Builder ring = Keyring.named("release");
    KernelMirror.of(profile).addKey(ring, key.der());
    trusted = ring.build();
  }

  /** What comes after the loader is in a segment of its own, which no bit is changed in. */
  private static Bytes nextProgram() throws IOException {
    TreeMap<String, Bytes> files =
        new TreeMap<>(Map.of("sbin/next", BootProgram.VM_NEXT.executable()));
    return Bytes.owning(
        Files.readAllBytes(Initramfs.write(folder.resolve("next"), files, path -> true)));
  }

  /** What a boot came to. */
  private record Boot(List<String> report, List<String> loaded, List<String> pins) {
    static Boot of(Bytes image) throws IOException {
      Bytes padding = Bytes.owning(new byte[Math.floorMod(-image.size(), 4)]);
      Path file = folder.resolve("image");
      Files.write(file, Bytes.concat(image, padding, next).toArray());
      Guest guest = Guest.boot(KERNEL, file);
      List<String> loaded =
          guest.report().stream()
              .map(LOADED::matcher)
              .filter(Matcher::matches)
              .map(line -> line.group(1))
              .toList();
      List<String> report =
          guest.report().stream().map(line -> line.replaceFirst(" nonce=.*", "")).toList();
      return new Boot(report, loaded, guest.pins());
    }
  }

  @Test
  void aFlippedBitIsRefusedOrHasNoEffect() throws IOException {
    long seed = Long.getLong("flips.seed", 20261125);
    SplittableRandom random = new SplittableRandom(seed);
    Map<FlippedImage.Verdict, List<FlippedImage>> judged =
        new EnumMap<>(FlippedImage.Verdict.class);
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, String> sound =
        FlippedImage.contents(IMAGES.getOrDefault(Compression.NONE, Bytes.EMPTY));
    int boots = Integer.getInteger("flips.booted", 4) / 2;
    for (int i = 0; i < Integer.getInteger("flips.judged", 500); i++) {
      Compression compression =
          i % 2 == 0 ? Compression.NONE : PACKINGS.get(i / 2 % PACKINGS.size());
      FlippedImage flipped = FlippedImage.of(IMAGES, compression, random);
      FlippedImage.Verdict verdict = flipped.judge(profile, trusted, loader, sound);
      List<FlippedImage> kept = judged.computeIfAbsent(verdict, _ -> new ArrayList<>());
      // All of them would be gigabytes.
      if (kept.size() < Math.max(1, boots)) {
        kept.add(flipped);
      }
      counts.merge("judged\t" + compression.id() + "\t" + verdict, 1, Integer::sum);
    }
    assertThat(judged.get(FlippedImage.Verdict.WRONG)).isNull();

    List<String> lines = new ArrayList<>();
    counts.forEach((what, count) -> lines.add(what + "\t" + count));
    if (boots > 0) {
      Boot reference = Boot.of(IMAGES.getOrDefault(Compression.NONE, Bytes.EMPTY));
      assertThat(reference.report()).last().asString().startsWith("done programs=3 links=");
      for (FlippedImage.Verdict verdict : judged.keySet()) {
        judged.get(verdict).forEach(flipped -> lines.add(boot(flipped, verdict, reference)));
      }
    }
    String out = System.getProperty("flips.out");
    if (out != null) {
      Files.write(Path.of(out), lines);
    }
    assertThat(lines).as("seed %d", seed).noneMatch(line -> line.contains("different"));
  }

  private static String boot(FlippedImage flipped, FlippedImage.Verdict verdict, Boot reference) {
    try {
      Boot boot = Boot.of(flipped.bytes());
      boolean same =
          boot.report().equals(reference.report()) && boot.pins().equals(reference.pins());
      boolean nothingElse =
          reference.loaded().containsAll(boot.loaded())
              && reference.pins().containsAll(boot.pins());
      boolean agrees = verdict == FlippedImage.Verdict.REFUSED ? nothingElse : same;
      return "booted\t%s\tbyte %d\t%s\t%s\t%s"
          .formatted(
              flipped.compression().id(),
              flipped.at(),
              verdict,
              agrees ? "agrees" : "different",
              boot.report().isEmpty() ? "no report" : boot.report().getLast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

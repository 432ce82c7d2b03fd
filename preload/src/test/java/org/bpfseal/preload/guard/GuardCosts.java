// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfseal.preload.image.Compression;
import org.bpfseal.preload.loader.LabImage;
import org.bpfseal.preload.loader.LabKey;
import org.bpfseal.preload.loader.LabProgram;
import org.bpfseal.testing.Lab;
import org.bpfseal.testing.Machine;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Measures system calls before the guard is there and after seal, in one boot of one CPU, whose
 * clock counts instructions: however busy the host is, the numbers are those of an idle one.
 *
 * @param scratch folder for images
 * @param quick fewer samples
 * @param confirmKey whose token the held links wait for
 */
record GuardCosts(Path scratch, boolean quick, ConfirmKey confirmKey) {
  /**
   * The release key is RSA with SHA-256; what another one costs is that the kernel first tests it.
   */
  enum ConfirmKey {
    RSA,
    /** With a certificate signed by itself: the kernel verifies that when it takes it. */
    P256,
    /** With a certificate that the release key signed: the kernel takes it as it is. */
    P256_ISSUED;

    static ConfirmKey of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  private static final Pattern COST =
      Pattern.compile(".*?bpfseal-cost: (\\S+) ([0-9]+) ([0-9]+) ([0-9]+) ([0-9]+)\\s*");
  private static final Pattern STARTED = Pattern.compile(".*?bpfseal-cost: start ([0-9]+)\\s*");
  private static final Pattern REPORT =
      Pattern.compile(".*?bpfseal: t=([0-9]+)\\.([0-9]{3}) (.*?)\\s*");

  /**
   * One kind of system call.
   *
   * @param without instructions of one turn without the guard, in the least of many samples
   * @param with the same with the sealed guard
   * @param medianWithout in the median of the samples
   */
  record Cost(String name, long without, long with, long medianWithout, long medianWith) {
    double ratio() {
      return (double) with / without;
    }

    /** Tab-separated: name, without, with, their ratio, the ratio of the medians. */
    String line() {
      return String.format(
          Locale.ROOT,
          "%s\t%d\t%d\t%.3f\t%.3f",
          name,
          without,
          with,
          ratio(),
          (double) medianWith / medianWithout);
    }
  }

  /**
   * All of one boot.
   *
   * @param kernelMillis from power-on to the first process, that is, a million instructions each
   * @param steps of the boot loader, each with its milliseconds
   * @param imageSize of an image with nothing but loader and guard, in bytes
   * @param packedSize the same packed with zstd
   */
  record Result(
      List<Cost> costs, long kernelMillis, List<Step> steps, int imageSize, int packedSize) {
    long loaderMillis() {
      return steps.stream().mapToLong(Step::millis).sum();
    }

    /**
     * The table; then the image's sizes; then the loader's steps, and the sum of them as a ratio to
     * the kernel's own boot.
     */
    List<String> lines() {
      List<String> lines = new ArrayList<>();
      costs.forEach(cost -> lines.add(cost.line()));
      lines.add("image\t" + imageSize + "\t" + packedSize);
      steps.forEach(step -> lines.add("step " + step.name() + "\t-\t" + step.millis()));
      lines.add(
          String.format(
              Locale.ROOT,
              "load-to-seal\t%d\t%d\t%.3f",
              kernelMillis,
              loaderMillis(),
              (double) loaderMillis() / kernelMillis));
      return lines;
    }
  }

  /** What ended with a line of the loader's report. */
  record Step(String name, long millis) {}

  Result run(String kernel) {
    Machine machine =
        new Machine(
            Lab.kernel(kernel),
            image(new LabKey("rsa", scratch)),
            "rdinit=/sbin/next quiet loglevel=1" + (quick ? " quick" : ""),
            1024,
            // Without a source of random numbers the loader would wait for the kernel to find one.
            List.of("-icount", "shift=0,sleep=off", "-cpu", "qemu64,+rdrand"),
            Duration.ofMinutes(10));
    List<String> console = machine.boot(line -> line.contains(" outcome=halt")).lines();
    if (console.stream().noneMatch(line -> line.contains("bpfseal-cost: end"))) {
      throw new AssertionError("the guest did not come to the end: " + String.join("\n", console));
    }
    Bytes bare = bareImage(new LabKey("rsa", scratch));
    return new Result(
        costs(console),
        kernelMillis(console),
        steps(console),
        bare.size(),
        Compression.ZSTD.compress(bare).size());
  }

  private static List<Cost> costs(List<String> console) {
    return console.stream()
        .map(COST::matcher)
        .filter(Matcher::matches)
        .map(
            row ->
                new Cost(
                    row.group(1),
                    Long.parseLong(row.group(2)),
                    Long.parseLong(row.group(3)),
                    Long.parseLong(row.group(4)),
                    Long.parseLong(row.group(5))))
        .toList();
  }

  private static long kernelMillis(List<String> console) {
    return console.stream()
        .map(STARTED::matcher)
        .filter(Matcher::matches)
        .mapToLong(line -> Long.parseLong(line.group(1)))
        .findFirst()
        .orElseThrow();
  }

  private static List<Step> steps(List<String> console) {
    List<Step> steps = new ArrayList<>();
    long last = -1;
    for (String line : console) {
      Matcher report = REPORT.matcher(line);
      if (!report.matches()) {
        continue;
      }
      long now = Long.parseLong(report.group(1)) * 1000 + Long.parseLong(report.group(2));
      if (last >= 0 && now > last) {
        steps.add(
            new Step(
                report.group(3).replaceFirst("^(\\S+( (program|name)=\\S+)?).*", "$1"),
                now - last));
      }
      last = now;
    }
    return steps;
  }

  private Bytes confirmCertificate(LabKey release) {
    return switch (confirmKey) {
      case RSA -> release.der();
      case P256 -> new LabKey("p256", scratch).der();
      case P256_ISSUED -> new LabKey("p256", scratch).derIssuedBy(release);
    };
  }

  /** Next comes another segment's. */
  private Bytes bareImage(LabKey key) {
    Path image =
        new LabImage()
            .trusting(key.der())
            .file("sbin/next", Bytes.EMPTY)
            .guarded(GuardProgram.signedBy(key), "types", Map.of(), key)
            .write(scratch.resolve("bare.img"));
    try {
      return Bytes.owning(Files.readAllBytes(image));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Two held links of a kind that has detach, so that no rule is idle. */
  private Path image(LabKey key) {
    LabProgram held =
        LabProgram.of(
            "cgroup-network",
            key,
            """
            map cgroup_n.bss array
            prog count_in cgroup_skb
            prog count_out cgroup_skb
            prog allow_connect cgroup_sock_addr
            prog allow_socket cgroup_sock
            link in count_in cgroup attach_type=0 path=/ stop-on-confirm
            link connect allow_connect cgroup attach_type=10 path=/ stop-on-confirm
            """);
    return new LabImage()
        .trusting(key.der())
        .file("sbin/next", GuestProgram.compile(scratch, "costs.c", List.of("system.c")))
        .guarded(
            GuardProgram.signedBy(key), "types", Map.of("ops.der", confirmCertificate(key)), key)
        .required(held)
        .write(scratch.resolve("costs.img"));
  }
}

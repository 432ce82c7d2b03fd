// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfseal.preload.PreloadImage;
import org.bpfseal.preload.image.Compression;
import org.bpfseal.preload.image.ImageFile;
import org.bpfseal.preload.image.InitramfsWriter;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  /** A segment with something else. */
  private static final Bytes OTHER =
      InitramfsWriter.write(List.of(ImageFile.of("kernel/x", Bytes.EMPTY)));

  @TempDir static Path folder;
  private static Path image = Path.of("");

  @BeforeAll
  static void build() {
    image = BuiltImage.guarded(folder);
  }

  private static Path written(String name, Bytes content) throws IOException {
    return Files.write(folder.resolve(name), content.toArray());
  }

  /** Without a guard; the second program is for 7.3 alone. */
  private static Path plain() {
    Path programs = Lab.vectors().resolve("signed/programs");
    String plan =
        """
        bpfseal-plan 1
        version 1
        kernels 7.3
        cert %2$s/rsa.crt
        program %1$s/good.bpfs as good
        program %1$s/good-7.3-only.bpfs as second optional
        """
            .formatted(programs, BuiltImage.KEYS);
    return new BuiltImage(folder).image("plain.img", plan, "rsa");
  }

  private static Bytes flipped(ImageFile file) {
    byte[] bytes = file.content().toArray();
    bytes[bytes.length - 1] ^= 1;
    return Bytes.owning(bytes);
  }

  /** Any number of blanks between words is one. */
  private static String shown(Object... words) {
    BuiltImage.Answer answer = BuiltImage.run(words);
    assertThat(answer.exitCode()).as(answer.err()).isZero();
    return answer.out().replaceAll(" +", " ");
  }

  @Test
  void showsTheProgramsInOrderWithSignersHooksPinsAndHolds() {
    assertThat(shown("inspect", image))
        .containsSubsequence(
            "manifest version 7 failure halt next /init signed by bpfseal: example rsa",
            "cert 01.der bpfseal: example rsa, never trust RSA-2048, valid ",
            "loads signed",
            "confirm operator.der bpfseal: example other",
            "guard required for 7.3 and 6.18 signed by bpfseal: example rsa",
            "1 lsm-observers required for 7.3 and 6.18 signed by bpfseal: example rsa",
            " prog watch_open lsm/file_open\n",
            " link watch_open lsm/file_open pin /run/initramfs/bpfseal/lsm-observers/watch_open"
                + " held, operator.der may confirm\n",
            "2 net optional",
            " map packets percpu_array pinned\n",
            " link frames xdp dev=lo mode=generic pin /run/initramfs/bpfseal/net/frames"
                + " held, nobody may confirm, best effort\n",
            " link incoming tcx dev=lo attach_type=46 pin /run/initramfs/bpfseal/net/incoming"
                + " not held\n",
            "judged by the image's own certificates",
            "KERNEL 6.12 6.18 7.3\n",
            "manifest OK, carrier guard OK, carrier guard OK, carrier guard\n",
            "guard unchecked, carrier none OK, carrier kernel OK, carrier kernel\n",
            "lsm-observers OK, carrier guard OK, carrier kernel OK, carrier kernel\n",
            " 01-lsm-observers/\n 6.18/\n insns ");
  }

  @Test
  void judgesByTheCertificatesGiven() {
    assertThat(shown("inspect", image, "--cert", BuiltImage.KEYS.resolve("other.crt")))
        .contains("judged by the certificates given\n")
        .contains("manifest ENOKEY, carrier guard ENOKEY, carrier guard ENOKEY, carrier guard\n")
        .contains("\nlsm-observers OK, carrier guard OK, ");
  }

  @Test
  void anImageWithoutAGuardIsAskedOfKernelsThatLoadIt() {
    assertThat(shown("inspect", plain()))
        .contains("KERNEL 6.18 7.3\n")
        .contains("second passed over, carrier none OK, carrier kernel\n")
        .contains("manifest is checked by nobody at boot");
  }

  @Test
  void saysWhatIsWrong() throws IOException, FormatException {
    String path = "etc/bpfseal/programs/01-good/data";
    List<ImageFile> files =
        PreloadImage.read(Bytes.owning(Files.readAllBytes(plain()))).files().stream()
            .map(file -> file.path().equals(path) ? ImageFile.of(path, flipped(file)) : file)
            .toList();
    assertThat(shown("inspect", written("damaged.img", InitramfsWriter.write(files))))
        .contains("good EINVAL, carrier kernel EKEYREJECTED, carrier kernel\n")
        .contains("refused 7.3 good " + path + " has SHA-256 ");
  }

  @Test
  void looksIntoAWholeInitrd() throws IOException {
    Bytes image = Compression.XZ.compress(Bytes.owning(Files.readAllBytes(plain())));
    assertThat(shown("inspect", written("initrd", Bytes.concat(OTHER, image))))
        .contains("image none newc, xz newc ", " 1 further entries\n", "\n1 good required");
  }

  @Test
  void jsonHasTheSame() {
    assertThat(shown("inspect", image, "--json"))
        .contains("\"schema\": \"bpfseal-image 2\"", "\"judged_by\": \"own\"")
        .contains("\"hook\": \"lsm/file_open\"", "\"confirmers\": [\n \"operator.der\"\n ]");
  }

  @Test
  void writesAPageThatNeedsNothingElseAndIsTheSameEachTime() throws IOException {
    Path page = folder.resolve("page.html");
    shown("inspect", image, "--html", page);
    assertThat(BuiltImage.run("inspect", image, "--html", page).exitCode()).isEqualTo(5);
    Path again = folder.resolve("again.html");
    shown("inspect", image, "--html", again);

    assertThat(page).hasSameTextualContentAs(again);
    assertThat(Files.readString(page))
        .contains("<td class=\"open\">– unchecked</td>", "<td class=\"yes\">✓ by the kernel</td>")
        .doesNotContain("<script", "http:", "https:", "url(");
  }

  @Test
  void whatIsNoImageIsMalformed() throws IOException {
    assertThat(BuiltImage.run("inspect", written("other.img", OTHER)).exitCode()).isEqualTo(3);
  }

  /** build and attest, as far as they need no machine. */
  @Test
  void aLowerVersionThanWantedIsNotBuilt() throws IOException {
    Path out = folder.resolve("low.img");
    String[] words = {
      "build",
      "--plan",
      folder + "/preload.img.plan",
      "--manifest",
      folder + "/preload.img.manifest"
    };
    BuiltImage.Answer answer =
        BuiltImage.run(
            words[0], words[1], words[2], words[3], words[4], "--out", out, "--min-version", 8);
    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.err()).contains("version 7 is below 8");
    assertThat(out).doesNotExist();
  }

  @Test
  void anInventoryFromElsewhereIsCompared() {
    Path inventory =
        new BuiltImage(folder)
            .write("inventory", "bpfseal-inventory 1\nkernel 7.3.4\nguard none\nend\n");
    BuiltImage.Answer answer = BuiltImage.run("attest", image, "--inventory", inventory);
    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.out())
        .contains("missing  guard", "no sealed guard answers", "lsm-observers/watch_open")
        .endsWith("7.3.4 differs from the image's manifest, version 7\n");
    assertThat(BuiltImage.run("attest", image, "--inventory", inventory, "--json").out())
        .contains("\"schema\": \"bpfseal-attestation 1\"", "\"good\": false");
  }
}

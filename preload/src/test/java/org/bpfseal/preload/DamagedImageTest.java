// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bpfseal.preload.image.InitramfsWriter;
import org.bpfseal.preload.plan.PlanReader;
import org.bpfseal.preload.plan.PlanRefusedException;
import org.bpfseal.preload.plan.PlannedImage;
import org.bpfseal.preload.plan.Planner;
import org.bpfseal.preload.vm.BootReport;
import org.bpfseal.preload.vm.ProgramResult;
import org.bpfseal.preload.vm.TrialImage;
import org.bpfseal.preload.vm.VirtualMachine;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.manifest.FileDigest;
import org.bpfseal.verifier.manifest.Manifest;
import org.bpfseal.verifier.manifest.ManifestText;
import org.bpfseal.verifier.manifest.ProgramEntry;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Images that no command would build: the kernel's answers are those that the mirror gives. */
@Tag("lab")
class DamagedImageTest {
  /** All that the boot loader passes on to the kernel. */
  private static final List<String> PROGRAMS =
      List.of(
          "insns-bit",
          "data-bit",
          "sig-bit",
          "sig-short",
          "sig-trailing-byte",
          "swapped-signatures",
          "content-inside",
          "smime-capabilities",
          "other-key",
          "good-p256",
          "good-sha512",
          "good-signed-attributes",
          "good-issuer-and-serial",
          "good-certificate-inside",
          "good");

  @TempDir Path folder;

  private static KernelMirror mirror(Generation kernel) {
    return KernelMirror.of(
        KernelProfile.debianCloud(KernelRelease.parse(kernel.id()).orElseThrow()));
  }

  private static SignedProgram program(String vector) throws IOException, FormatException {
    return SignedProgramReader.read(
        Bytes.owning(
            Files.readAllBytes(Lab.vectors().resolve("signed/programs/" + vector + ".bpfs"))));
  }

  private static X509Certificate certificate(String name) throws IOException, CertificateException {
    try (var in = Files.newInputStream(Lab.repository().resolve("keys-example/" + name + ".crt"))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static Bytes flipped(byte[] bytes, int at) {
    bytes[at] ^= 1;
    return Bytes.owning(bytes);
  }

  /** One bit in the middle of the modulus: it can be read, and has another key. */
  private static Bytes otherModulus(X509Certificate certificate) throws CertificateException {
    BigInteger modulus = ((RSAPublicKey) certificate.getPublicKey()).getModulus();
    HexFormat hex = HexFormat.of();
    int at =
        hex.formatHex(certificate.getEncoded()).indexOf(hex.formatHex(modulus.toByteArray())) / 2;
    return flipped(certificate.getEncoded(), at + modulus.bitLength() / 16);
  }

  /** The manifest names each program as it is, so that nothing but a signature is at stake. */
  private static PlannedImage planned(
      Generation kernel, List<Bytes> certificates, Map<String, SignedProgram> programs)
      throws FormatException, PlanRefusedException, IOException {
    StringBuilder plan = new StringBuilder("bpfseal-plan 1\nversion 1\n");
    plan.append("kernels ").append(kernel.id()).append('\n');
    certificates.forEach(_ -> plan.append("cert c\n"));
    programs.keySet().forEach(name -> plan.append("program p as %s optional\n".formatted(name)));
    List<SignedProgram> sound = new ArrayList<>();
    for (int i = 0; i < programs.size(); i++) {
      sound.add(program("good"));
    }
    Manifest manifest =
        Planner.plan(
                PlanReader.read(Bytes.utf8(plan.toString())), certificates, Optional.empty(), sound)
            .manifest();
    List<ProgramEntry> entries =
        manifest.programs().stream()
            .map(entry -> of(entry, Objects.requireNonNull(programs.get(entry.name()))))
            .toList();
    return new PlannedImage(
        new Manifest(
            manifest.version(),
            manifest.keyring(),
            manifest.certificates(),
            manifest.failure(),
            manifest.next(),
            entries),
        certificates,
        Optional.empty(),
        List.copyOf(programs.values()),
        List.of());
  }

  private static ProgramEntry of(ProgramEntry entry, SignedProgram program) {
    return new ProgramEntry(
        entry.name(),
        entry.optional(),
        digest(program.data()),
        program.forms().stream()
            .collect(Collectors.toMap(SignedForm::generation, form -> digest(form.insns()))),
        entry.maps(),
        entry.progs(),
        entry.links());
  }

  private static FileDigest digest(Bytes content) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return new FileDigest(content.size(), Bytes.owning(sha256.digest(content.toArray())));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private BootReport boot(Generation kernel, PlannedImage planned)
      throws IOException, FormatException {
    Bytes image =
        InitramfsWriter.write(
            PreloadImage.of(planned, ManifestText.of(planned.manifest()), Bytes.EMPTY).files());
    Path file = folder.resolve("image");
    Files.write(file, TrialImage.of(image).toArray());
    VirtualMachine machine =
        new VirtualMachine(Lab.kernel(kernel.id()), 1024, "", false, Duration.ofMinutes(2));
    return BootReport.of(machine.boot(file, _ -> {}));
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted _ -> "OK";
      case Verdict.Rejected rejected -> rejected.decisive().errno().name();
    };
  }

  @ParameterizedTest
  @EnumSource
  void theKernelAnswersAsTheMirror(Generation kernel)
      throws IOException, FormatException, PlanRefusedException, CertificateException {
    List<Bytes> certificates = List.of(Bytes.owning(certificate("rsa").getEncoded()));
    KernelMirror mirror = mirror(kernel);
    Keyring.Builder ring = Keyring.named("bpfseal");
    assertThat(mirror.addKeys(ring, certificates))
        .allMatch(added -> word(added.verdict()).equals("OK"));
    KeyringSelector keyring = new KeyringSelector.Given(ring.build());
    Map<String, SignedProgram> programs = new TreeMap<>();
    Map<String, String> predicted = new TreeMap<>();
    for (String name : PROGRAMS) {
      SignedProgram program = program(name);
      programs.put(name, program);
      predicted.put(
          name, word(mirror.judge(program.form(kernel).orElseThrow(), program.data(), keyring)));
    }
    BootReport report = boot(kernel, planned(kernel, certificates, programs));

    assertThat(predicted)
        .containsEntry("good", "OK")
        .containsEntry("good-p256", "ENOKEY")
        .containsEntry("other-key", "ENOKEY")
        .containsEntry("insns-bit", "EKEYREJECTED");
    assertThat(
            report.programs().stream()
                .collect(Collectors.toMap(ProgramResult::name, ProgramResult::result)))
        .isEqualTo(predicted);
  }

  /** Each is self-signed, so that the kernel also notices a bit that leaves it readable. */
  @ParameterizedTest
  @CsvSource({"V7_3, true, EINVAL", "V6_18, false, EBADMSG"})
  void aDamagedCertificateStopsTheMachine(Generation kernel, boolean readable, String errno)
      throws IOException, FormatException, PlanRefusedException, CertificateException {
    X509Certificate sound = certificate("rsa");
    Bytes damaged = readable ? otherModulus(sound) : flipped(sound.getEncoded(), 0);
    String predicted = word(mirror(kernel).addKey(Keyring.named("bpfseal"), damaged).verdict());
    BootReport report =
        boot(kernel, planned(kernel, List.of(damaged), Map.of("good", program("good"))));

    assertThat(predicted).isEqualTo(errno);
    assertThat(report.outcome())
        .isEqualTo(new BootReport.Outcome.Stopped("cert", predicted, "halt", ""));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfseal.testing.FirmwareVariables;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.SystemKeyring;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A kernel that enforces module signatures and has our key from the firmware's {@code db}: Debian's
 * own module signed anew by the command, and what was done to it afterwards.
 */
@Tag("lab")
class KernelModulesTest {
  private static final Path KEYS = Lab.repository().resolve("keys-example");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"7, 3", "6, 18"})
  void thePlatformKeysModulesAreLoaded(int major, int minor) throws Exception {
    String series = major + "." + minor;
    Path debians = Lab.modules(series).resolve("loop.ko");
    Bytes signed = signed("rsa", debians);
    Map<Bytes, String> modules = new LinkedHashMap<>();
    modules.put(signed, "OK");
    modules.put(flipped(signed, signed.size() / 2), "EKEYREJECTED");
    modules.put(flipped(signed, signed.size() - 100), "EKEYREJECTED");
    modules.put(signed("other", debians), "EKEYREJECTED");
    SignedProgram program = program();

    KernelGuest guest = new KernelGuest(folder);
    guest.enforceModules();
    guest.systemRing(2);
    SignedForm form =
        program.form(series.equals("7.3") ? Generation.V7_3 : Generation.V6_18).orElseThrow();
    guest.loader(form, program.data());
    modules.keySet().forEach(module -> guest.module("loop.ko", module));
    FirmwareVariables firmware = new FirmwareVariables().trusted(List.of(der("rsa")));
    List<String> words = guest.boot(series, firmware.devices(folder.resolve("variables")));

    assertThat(words.subList(0, 3)).containsOnly("OK");
    assertThat(words.subList(3, words.size())).containsExactlyElementsOf(modules.values());
    KernelMirror mirror = KernelMirror.of(profile(KernelRelease.series(major, minor)));
    assertThat(mirror.judge(form, program.data(), KeyringSelector.PLATFORM).word()).isEqualTo("OK");
    modules.forEach((module, word) -> assertThat(mirror.module(module).word()).isEqualTo(word));
  }

  private static KernelProfile profile(KernelRelease release) {
    KernelProfile bare = KernelProfile.debianCloud(release);
    Keyring.Builder platform = Keyring.named(".platform");
    KernelMirror.of(bare).addKey(platform, der("rsa"));
    return bare.toBuilder()
        .with(KernelFeature.MODULE_SIG_ENFORCED)
        .keyring(SystemKeyring.PLATFORM, platform.build())
        .build();
  }

  /** Replaces Debian's own signature, if there is one. */
  private Bytes signed(String key, Path module) throws Exception {
    boolean already = Bytes.owning(Files.readAllBytes(module)).toUtf8().endsWith("appended~\n");
    Path out = folder.resolve(key);
    Run run =
        already
            ? Run.of("resign", "-k", key(key), "-i", certificate(key), "--out", out, module)
            : Run.of(
                "sign",
                "--as",
                "module",
                "-k",
                key(key),
                "-i",
                certificate(key),
                "--out",
                out,
                module);
    assertThat(run.status()).as(run.out() + run.err()).isZero();
    return Bytes.owning(Files.readAllBytes(out.resolve("loop.ko")));
  }

  private SignedProgram program() throws Exception {
    Path object = Lab.vectors().resolve("objects/clang-19/socket-filter.bpf.o");
    Run run = Run.of("sign", "-k", key("rsa"), "-i", certificate("rsa"), "--out", folder, object);
    assertThat(run.status()).as(run.err()).isZero();
    return SignedProgramReader.read(
        Bytes.owning(Files.readAllBytes(folder.resolve("socket-filter.bpfs"))));
  }

  private static Bytes flipped(Bytes content, int at) {
    byte[] bytes = content.toArray();
    bytes[at] ^= 1;
    return Bytes.owning(bytes);
  }

  private static Path key(String name) {
    return KEYS.resolve(name + ".key");
  }

  private static Path certificate(String name) {
    return KEYS.resolve(name + ".crt");
  }

  private static Bytes der(String name) {
    return HostCommand.outputOf("openssl", "x509", "-in", certificate(name), "-outform", "DER");
  }
}

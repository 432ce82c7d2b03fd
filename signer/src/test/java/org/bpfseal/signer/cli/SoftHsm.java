// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** SoftHSM 2 with its tokens in a folder of the test: the package {@code softhsm2}. */
record SoftHsm(Path folder, Path module) {
  private static final List<Path> MODULES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"));

  /** Sets it up; in CI it must be there. */
  static SoftHsm in(Path folder) throws Exception {
    List<Path> modules = MODULES.stream().filter(Files::exists).toList();
    if (!"true".equals(System.getenv("CI"))) {
      assumeThat(modules).as("package softhsm2").isNotEmpty();
    }
    Path tokens = Files.createDirectories(folder.resolve("tokens"));
    Path configuration = folder.resolve("softhsm2.conf");
    Files.writeString(configuration, "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
    setEnvironment("SOFTHSM2_CONF", configuration.toString());
    return new SoftHsm(folder, modules.getFirst());
  }

  void token(String label, String pin) throws Exception {
    run("--init-token", "--free", "--label", label, "--so-pin", "so-pin", "--pin", pin);
  }

  /** Imports a key: PKCS#8 PEM. */
  void key(String token, String pin, Path file, String label, String id) throws Exception {
    run("--import", file.toString(), "--token", token, "--pin", pin, "--label", label, "--id", id);
  }

  /** Imports key and certificate of a PKCS#12 file, through the JDK's own provider. */
  void keyAndCertificate(String pin, Path store, String password, String alias) throws Exception {
    Path configuration =
        Files.writeString(
            folder.resolve("provider.cfg"),
            "name = Soft\nlibrary = " + module + "\nslotListIndex = 0\n");
    execute(
        List.of(
            Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
            "-importkeystore",
            "-noprompt",
            "-srckeystore",
            store.toString(),
            "-srcstorepass",
            password,
            "-srcalias",
            alias,
            "-destkeystore",
            "NONE",
            "-deststoretype",
            "PKCS11",
            "-deststorepass",
            pin,
            "-addprovider",
            "SunPKCS11",
            "-providerarg",
            configuration.toString()));
  }

  private void run(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("softhsm2-util"));
    command.addAll(List.of(words));
    execute(command);
  }

  private void execute(List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String messages = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, messages).isZero();
  }

  /** The module asks the C library for its environment, which Java can't change. */
  @SuppressWarnings("restricted") // a call of the C library
  private static void setEnvironment(String name, String value) throws Exception {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      int result =
          (int)
              linker
                  .downcallHandle(
                      linker.defaultLookup().findOrThrow("setenv"),
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_INT,
                          ValueLayout.ADDRESS,
                          ValueLayout.ADDRESS,
                          ValueLayout.JAVA_INT))
                  .invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
      assertThat(result).isZero();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}

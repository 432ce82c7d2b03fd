// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.signer.OpenSsl;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One RSA key however it is kept: the same signed program, byte for byte. */
@Tag("lab")
class SameSignatureTest {
  private static final Path KEYS = Lab.repository().resolve("keys-example");
  private static final Path KEY = KEYS.resolve("rsa.key");
  private static final Path OBJECT = Lab.vectors().resolve("objects/clang-19/socket-filter.bpf.o");

  /** Signed with that key by openssl, and packed. */
  private static final Path PEER = Lab.vectors().resolve("signed/programs/good.bpfs");

  private static final String SECRET = "correct-horse";

  @TempDir Path folder;

  @Test
  void whereverTheKeyIs() throws Exception {
    String password = password();
    OpenSsl openssl = new OpenSsl(folder);
    String in = " -in " + KEY + " -passout pass:" + SECRET + " -out ";
    openssl.run(("pkcs8 -topk8 -v2 aes-256-cbc" + in + "encrypted.pem").split(" "));
    openssl.run(
        ("pkcs12 -export -inkey "
                + (KEY + " -in " + KEYS.resolve("rsa.crt") + " -name bpf -out store.p12")
                + " -passout pass:"
                + SECRET)
            .split(" "));
    assertSigns("PEM", folder.resolve("encrypted.pem"), password);
    assertSigns("PKCS#12", folder.resolve("store.p12"), password);

    SoftHsm softhsm = SoftHsm.in(folder);
    softhsm.token("release", SECRET);
    softhsm.key("release", SECRET, KEY, "bpf", "01");
    assertSigns(
        "token", "pkcs11:token=release;object=bpf?module-path=" + softhsm.module(), password);

    Path keyset = folder.resolve("keyset");
    ok("key", "keyset", "--out", keyset, "--keyset-password", password);
    Path wrapped = folder.resolve("wrapped");
    ok(
        "key",
        "wrap",
        "--key",
        KEY,
        "--keyset",
        keyset,
        "--keyset-password",
        password,
        "--out",
        wrapped);
    assertSigns("Tink", "tink:" + wrapped + "?keyset=" + keyset, password);
  }

  private void assertSigns(String name, Object key, String password) throws Exception {
    List<Object> words = new ArrayList<>(List.of("sign", "--key", key, "--key-password", password));
    words.addAll(List.of("--cert", KEYS.resolve("rsa.crt"), "--out", folder.resolve(name), OBJECT));
    ok(words.toArray());
    assertThat(folder.resolve(name).resolve("socket-filter.bpfs"))
        .as(name)
        .hasSameBinaryContentAs(PEER);
  }

  private static void ok(Object... words) {
    Run run = Run.of(words);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
  }

  private String password() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), SECRET + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return "file:" + file;
  }
}

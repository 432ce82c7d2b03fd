// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import org.bpfseal.signer.OpenSsl;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceleratorTest {
  @TempDir static Path folder;
  private static OpenSsl openssl;

  @BeforeAll
  static void makeKeys() throws Exception {
    openssl = new OpenSsl(folder);
    for (int bits : new int[] {2048, 3072, 4096}) {
      openssl.identity("rsa" + bits, "RSA", "-pkeyopt", "rsa_keygen_bits:" + bits);
    }
    openssl.identity("ec", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
  }

  private static SigningKey key(String name) throws Exception {
    return KeyReader.read(openssl.read(name + ".key"));
  }

  private static Provider provider() {
    assertThat(Accelerator.load()).isInstanceOf(Accelerator.Ready.class);
    return ((Accelerator.Ready) Accelerator.load()).provider();
  }

  @ParameterizedTest
  @CsvSource({
    "rsa2048, SHA_256",
    "rsa2048, SHA_384",
    "rsa2048, SHA_512",
    "rsa3072, SHA_256",
    "rsa4096, SHA_512"
  })
  void makesTheSameBytes(String name, DigestAlgorithm digest) throws Exception {
    SigningKey plain = key(name);
    SigningKey fast = plain.accelerated(provider());

    assertThat(fast).isNotSameAs(plain);
    for (int size : new int[] {0, 1, 20_000}) {
      Bytes payload = Bytes.owning(new byte[size]);
      assertThat(fast.sign(digest, payload)).isEqualTo(plain.sign(digest, payload));
    }
    assertThat(fast.publicKey()).isEqualTo(plain.publicKey());
    assertThat(fast.toString()).isEqualTo(plain.toString());
  }

  /** A provider's nonce is random, and ours the same each time. */
  @Test
  void leavesAnEcKeyAlone() throws Exception {
    SigningKey key = key("ec");
    assertThat(key.accelerated(provider())).isSameAs(key);
  }

  @Test
  void isNotRegistered() {
    assertThat(Security.getProviders()).doesNotContain(provider());
  }

  @Test
  void mayBeAbsent() {
    assertThat(Accelerator.load("org.example.None")).isEqualTo(new Accelerator.Absent());
  }

  /** What a provider of the same shape does when its library doesn't load. */
  @ParameterizedTest
  @ValueSource(classes = {Empty.class, Failing.class, String.class})
  void mayBeBroken(Class<?> type) {
    assertThat(Accelerator.load(type.getName()))
        .isInstanceOfSatisfying(
            Accelerator.Broken.class,
            broken -> assertThat(broken.reason()).startsWith(type.getName()));
  }

  /** Without an algorithm. */
  public static final class Empty extends Provider {
    private static final long serialVersionUID = 1;
    public static final Empty INSTANCE = new Empty();

    private Empty() {
      super("Empty", "1", "");
    }
  }

  /** Whose class can't be initialised. */
  public static final class Failing {
    public static final Object INSTANCE = made();

    private Failing() {}

    private static Object made() {
      throw new UnsatisfiedLinkError("no library");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bpfseal.signer.OpenSsl;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be wrong with a command line: status, message, and nothing left behind. */
class BadInputTest {
  private static final Path KEYS = Lab.repository().resolve("keys-example");
  private static final String GOOD = "--key KEYS/rsa.key --cert KEYS/rsa.crt ";

  @TempDir static Path made;

  @TempDir Path folder;

  @BeforeAll
  static void makeKeys() throws Exception {
    OpenSsl openssl = new OpenSsl(made);
    openssl.identity("ed", "ED25519");
    openssl.identity("pss", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048");
    openssl.identity("odd", "RSA", "-pkeyopt", "rsa_keygen_bits:2560");
    openssl.identity("k1", "EC", "-pkeyopt", "ec_paramgen_curve:secp256k1");
    openssl.key("rsa", "RSA", "-pkeyopt", "rsa_keygen_bits:2048");
    openssl.certificate("rsa", "subjectKeyIdentifier=none");
    openssl.key("ca", "RSA", "-pkeyopt", "rsa_keygen_bits:2048");
    openssl.certificate("ca", "keyUsage=keyCertSign,cRLSign");
    openssl.key("old", "RSA", "-pkeyopt", "rsa_keygen_bits:2048");
    openssl.certificate("old", "subjectKeyIdentifier=hash");
    openssl.run("x509", "-in", "old.crt", "-outform", "DER", "-out", "old.der");
    Files.write(made.resolve("old.crt"), ended(Files.readAllBytes(made.resolve("old.der"))));
    openssl.run(
        "pkcs12 -export -inkey rsa.key -in rsa.crt -passout pass:x -out store.p12".split(" "));
    Files.writeString(made.resolve("word"), "wrong");
    Files.setPosixFilePermissions(
        made.resolve("word"), PosixFilePermissions.fromString("rw-------"));
  }

  @BeforeEach
  void writeInputs() throws Exception {
    Files.writeString(folder.resolve("a"), "content");
    Files.writeString(folder.resolve("there"), "content");
    Files.writeString(folder.resolve("there.p7s"), "kept");
    Files.createDirectories(folder.resolve("x"));
    Files.writeString(folder.resolve("x/a"), "another");
    Files.createDirectories(folder.resolve("none"));
    byte[] arm = new byte[64];
    System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, arm, 0, 7);
    arm[16] = 1;
    arm[18] = (byte) 183;
    Files.write(folder.resolve("arm.o"), arm);
    Files.writeString(folder.resolve("cut.o"), "\u007fELF");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "sign                                              | 2 | Missing required parameter",
        "sign --as data F/a                                | 2 | signing needs --key and --cert",
        "sign --as nonsense GOOD F/a                       | 2 | Invalid value for option '--as'",
        "sign --as data --nonsense GOOD F/a                | 2 | Unknown option",
        "sign --as data --digest md5 GOOD F/a              | 2 | no digest \"md5\"",
        "sign --as data GOOD --cert KEYS/other.crt F/a     | 2 | 1 keys and 2 certificates",
        "sign --as data GOOD --out F/o F/a F/x/a           | 2 | would both become",
        "sign --as data GOOD --in-place F/a                | 2 | --in-place is for modules",
        "sign --as module GOOD F/a                         | 2 | would be overwritten",
        "sign --as data --keystore M/store.p12 GOOD F/a    | 2 | and a key store",
        "sign --as data GOOD F/missing                     | 3 | missing: no such file",
        "sign --as data GOOD F/none                        | 3 | no file of this kind",
        "sign --as data GOOD F/*.zzz                       | 3 | no file fits this pattern",
        "sign --as data GOOD @F/list                       | 3 | list: no such file",
        "sign --as data GOOD --out /proc/bpfseal F/a       | 3 | /proc/bpfseal",
        "sign --as data GOOD --out F/a F/x/a               | 3 | F/a",
        "sign --as data --key KEYS/rsa.key --cert F/a F/a  | 3 | certificate: DER at byte 0",
        "sign --as data --key KEYS/rsa.key --cert F/n F/a  | 3 | n: no such file",
        "sign GOOD F/arm.o                                 | 3 | machine",
        "sign GOOD F/cut.o                                 | 3 | ELF",
        "attach --as data --cert KEYS/rsa.crt F/a          | 3 | a.sig: no such file",
        "sign --as data --key F/n --cert KEYS/rsa.crt F/a  | 4 | n: no such file",
        "sign --as data --key F/x --cert KEYS/rsa.crt F/a  | 4 | is a directory",
        "sign --as data --key F/a --cert KEYS/rsa.crt F/a  | 4 | private key: DER at byte 0",
        "sign --as data --key KEYS/rsa.key F/a             | 4 | no certificate for key",
        "sign --as data --key KEYS/rsa.key --cert KEYS/other.crt F/a | 4 | is not the key of",
        "sign --as data --key M/ed.key --cert M/ed.crt F/a | 4 | an Ed25519 key",
        "sign --as data --key M/pss.key --cert M/pss.crt F/a | 4 | bound to PSS",
        "sign --as data --key M/odd.key --cert M/odd.crt F/a | 4 | 2560 bits, which the kernel refuses",
        "sign --as data --key M/k1.key --cert M/k1.crt F/a | 4 | an EC key on 1.3.132.0.10",
        "sign --as data --key M/rsa.key --cert M/rsa.crt F/a | 4 | without a subject key identifier",
        "sign --as data --key M/store.p12 --key-password file:M/word F/a | 4 | wrong password for the key store",
        "sign --as data --key M/store.p12 F/a              | 4 | no terminal to ask for it",
        "sign --as data --storetype X --provider No F/a    | 4 | no security provider \"No\"",
        "sign --as data --key pkcs11:token=x --cert KEYS/rsa.crt --pkcs11-module /none F/a | 4 | can't be loaded",
        "sign --as data --key tink:x --cert KEYS/rsa.crt F/a | 4 | tink:WRAPPED?keyset=KEYSET",
        "sign --as data GOOD F/there                       | 5 | exists already",
        "digest --as data --out F F/there                  | 0 | ",
      })
  void saysWhatIsWrongAndLeavesNothing(String words, int status, String message) throws Exception {
    Set<String> before = files();
    List<Object> all = new ArrayList<>();
    for (String word : List.of(words.strip().replace("GOOD ", GOOD).split(" +"))) {
      all.add(
          word.replace("KEYS/", KEYS + "/")
              .replaceFirst("^((?:file:|@)?)F/", "$1" + folder + "/")
              .replaceFirst("^((?:file:|@)?)M/", "$1" + made + "/")
              .replaceAll("^F$", folder.toString()));
    }
    Run run = Run.of(all.toArray());
    assertThat(run.status()).as(run.err()).isEqualTo(status);
    if (status != 0) {
      assertThat(run.err())
          .startsWith("bpf-sign: error: ")
          .contains(message.strip().replace("F/", folder + "/"))
          .doesNotContain("Exception", "\tat ");
      assertThat(files()).isEqualTo(before);
    }
    assertThat(folder.resolve("there.p7s")).hasContent("kept");
  }

  @ParameterizedTest
  @CsvSource({
    "old, the certificate ended",
    "ca, the certificate's key usage doesn't allow signatures"
  })
  void warnsOfCertificatesThatTheKernelTakes(String name, String warning) {
    Run run =
        Run.of(
            "sign",
            "--as",
            "data",
            "--key",
            made.resolve(name + ".key"),
            "--cert",
            made.resolve(name + ".crt"),
            folder.resolve("a"));
    assertThat(run.status()).isZero();
    assertThat(run.err()).startsWith("bpf-sign: warning: ").contains(warning);
  }

  /**
   * Writes another notAfter: the second UTCTime. Who signs doesn't ask who signed its certificate.
   */
  private static byte[] ended(byte[] certificate) {
    String text = new String(certificate, StandardCharsets.ISO_8859_1);
    int notBefore = text.indexOf("\u0017\r");
    int notAfter = text.indexOf("\u0017\r", notBefore + 2);
    byte[] time = "200101000000Z".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(time, 0, certificate, notAfter + 2, time.length);
    return certificate;
  }

  private Set<String> files() throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      Set<String> names = new HashSet<>();
      files.forEach(file -> names.add(file.toString()));
      return names;
    }
  }
}

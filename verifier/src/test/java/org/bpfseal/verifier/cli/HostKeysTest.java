// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.ListedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the running kernel tells of its keyrings, against what is said of them. */
class HostKeysTest {
  private static final KernelProfile PROFILE =
      KernelProfile.debianCloud(KernelRelease.series(7, 3));
  private static final Path KEYS = Lab.repository().resolve("keys-example");
  private static final int BUILTIN = 0x100;
  private static final int SECONDARY = 0x200;
  private static final int MACHINE = 0x300;
  private static final int BLACKLIST = 0x400;
  private static final int FORGED = 0x500;

  @TempDir Path root;

  /** A kernel with four keyrings; the forged one is an own keyring of some user. */
  private static final class FakeKernel implements HostKeyrings.Kernel {
    final Map<Integer, ListedKey> keys = new HashMap<>();
    final Map<Integer, List<Integer>> members = new HashMap<>();

    void key(int serial, String type, Bytes description) {
      keys.put(serial, new ListedKey(serial, type, description));
    }

    void keyring(int serial, String name, Integer... serials) {
      key(serial, "keyring", Bytes.utf8(name));
      members.put(serial, List.of(serials));
    }

    @Override
    public Optional<ListedKey> describe(int serial) {
      return Optional.ofNullable(keys.get(serial));
    }

    @Override
    public Optional<List<Integer>> members(int serial) {
      return Optional.ofNullable(members.get(serial));
    }
  }

  private static CertificateFile certificate(String name) throws Exception {
    return CertificateFile.read(KEYS.resolve(name)).getFirst();
  }

  private static Bytes description(String name) throws Exception {
    return KernelMirror.of(PROFILE)
        .readKey(certificate(name).der())
        .key()
        .orElseThrow()
        .description();
  }

  private FakeKernel kernel() throws Exception {
    FakeKernel kernel = new FakeKernel();
    kernel.keyring(BUILTIN, ".builtin_trusted_keys", 1, 2);
    kernel.keyring(SECONDARY, ".secondary_trusted_keys", BUILTIN, MACHINE);
    kernel.keyring(MACHINE, ".machine");
    kernel.keyring(BLACKLIST, ".blacklist", 3, 4);
    kernel.keyring(FORGED, "mine", 5);
    kernel.key(1, "asymmetric", description("rsa.crt"));
    kernel.key(2, "asymmetric", Bytes.utf8("Distribution: 12ab"));
    kernel.key(3, "blacklist", Bytes.utf8("tbs:00ff"));
    kernel.key(4, "asymmetric", Bytes.utf8("Revoked: 34cd"));
    kernel.key(5, "asymmetric", description("other.crt"));
    return kernel;
  }

  private HostKeyrings host(FakeKernel kernel) throws Exception {
    StringBuilder list = new StringBuilder();
    // A user's key whose description has a line of its own, as if it were a keyring's.
    line(list, FORGED, "asymmetri", "x\n");
    line(list, FORGED, "keyring", ".builtin_trusted_keys: 1");
    line(list, BUILTIN, "keyring", ".builtin_trusted_keys: 2");
    line(list, SECONDARY, "keyring", ".secondary_trusted_keys: 2");
    line(list, MACHINE, "keyring", ".machine: empty");
    line(list, BLACKLIST, "keyring", ".blacklist: 2");
    write("proc/keys", list.toString());
    return new HostFiles(root).keyrings(Optional.of(kernel));
  }

  private static void line(StringBuilder list, int serial, String type, String description) {
    list.append("%08x I------     1 perm 1f0b0000     0     0 ".formatted(serial));
    list.append("%-9s %s\n".formatted(type, description));
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<String> words(HostKeys keys) {
    return keys.rows().stream()
        .map(HostKeys.Row::line)
        .map(line -> line.getFirst() + " " + line.get(2) + " " + line.get(3).split("[:;(]", 2)[0])
        .toList();
  }

  private static HostKeys compare(
      HostKeyrings host, KeyringName named, Map<KeyringName, List<CertificateFile>> given) {
    return HostKeys.of(PROFILE, host, named, given);
  }

  @Test
  void givenCertificatesThatAreThereCount() throws Exception {
    List<CertificateFile> given = List.of(certificate("rsa.crt"), certificate("other.crt"));
    HostKeys keys =
        compare(
            host(kernel()),
            KeyringName.BUILTIN,
            Map.of(KeyringName.BUILTIN, given, KeyringName.USER, given));
    assertThat(keys.certificates())
        .isEqualTo(Map.of(KeyringName.BUILTIN, List.of(given.getFirst()), KeyringName.USER, given));
    assertThat(words(keys))
        .containsExactly(
            ".builtin_trusted_keys there bpfseal",
            ".builtin_trusted_keys absent bpfseal",
            ".builtin_trusted_keys not given Distribution",
            ".blacklist not given Revoked");
    assertThat(keys.rows()).noneMatch(HostKeys.Row::isUnknown);
  }

  @Test
  void secondaryLooksIntoBuiltinAndMachine() throws Exception {
    HostKeys keys = compare(host(kernel()), KeyringName.SECONDARY, Map.of());
    assertThat(words(keys)).contains(".builtin_trusted_keys not given Distribution").hasSize(3);
  }

  @Test
  void whatTheKernelDoesNotTellIsUnknown() throws Exception {
    FakeKernel kernel = kernel();
    kernel.keys.remove(2);
    kernel.members.remove(BLACKLIST);
    List<CertificateFile> given = List.of(certificate("other.crt"));
    HostKeys keys = compare(host(kernel), KeyringName.BUILTIN, Map.of(KeyringName.BUILTIN, given));
    assertThat(keys.certificates()).isEqualTo(Map.of(KeyringName.BUILTIN, given));
    assertThat(words(keys))
        .containsExactly(
            ".builtin_trusted_keys unknown whether bpfseal",
            ".builtin_trusted_keys unknown what else it holds",
            ".blacklist unknown what else it holds");
    assertThat(keys.rows()).allMatch(HostKeys.Row::isUnknown);
    assertThat(new HostFiles(root.resolve("none")).keyrings(Optional.of(kernel)).listed())
        .isEmpty();
  }

  @Test
  void theBlacklistIsTheKernels() throws Exception {
    write("proc/sys/kernel/osrelease", "7.3.4\n");
    write("boot/config-7.3.4", "CONFIG_SYSTEM_BLACKLIST_KEYRING=y\n");
    KernelProfile profile = new HostFiles(root).profile(host(kernel()));
    assertThat(profile.blacklists("tbs:00ff")).isTrue();
    assertThat(profile.blacklists("tbs:00fe")).isFalse();
  }

  /** Whatever this machine is, what is read of it is a list, and every keyring has an answer. */
  @Test
  void thisMachine() throws Exception {
    HostKeyrings host = new HostFiles(Path.of("/")).keyrings(Keyctl.find());
    for (KeyringName name : KeyringName.values()) {
      assertThat(compare(host, name, Map.of()).rows())
          .allMatch(row -> row.state() == HostKeys.State.OTHER || row.isUnknown());
    }
  }
}

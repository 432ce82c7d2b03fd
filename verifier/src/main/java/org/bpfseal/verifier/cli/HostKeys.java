// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.SystemKeyring;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Key;
import org.bpfseal.verifier.keyring.ListedKey;

/**
 * What is said of the running kernel's keyrings, compared with what it tells of them: a certificate
 * whose key isn't there counts for nothing, and what can't be known is said.
 *
 * @param certificates those given without those that are known not to be there
 * @param rows what was found out
 */
record HostKeys(Map<KeyringName, List<CertificateFile>> certificates, List<Row> rows) {
  private static final String ASYMMETRIC = "asymmetric";

  /** No machine was asked: all that is given counts. */
  static HostKeys unasked(Map<KeyringName, List<CertificateFile>> given) {
    return new HostKeys(given, List.of());
  }

  /** Whether a key is in a keyring of this machine. */
  enum State {
    /** Given and there. */
    THERE("there", "%s"),
    /** Given, but not there. */
    ABSENT("absent", "%s; it counts for nothing on this machine"),
    /** There, but its certificate isn't given. */
    OTHER("not given", "%s; what it signed can't be judged without its certificate"),
    /** Given, and nobody tells. */
    UNKNOWN("unknown", "whether %s is there; it is taken to be"),
    /** Nobody tells what is in the keyring. */
    CLOSED("unknown", "what else it holds%s; root may see it");

    private final String word;
    private final String text;

    State(String word, String text) {
      this.word = word;
      this.text = text;
    }
  }

  /**
   * One key, or one keyring.
   *
   * @param key its description, with the file of a certificate that is given; may be empty
   */
  record Row(SystemKeyring keyring, State state, String key) {
    List<String> line() {
      return List.of(keyring.keyringName(), "host", state.word, state.text.formatted(key));
    }

    Map<String, Object> json() {
      return Inspection.fields("keyring", keyring.keyringName(), "state", state.word, "key", key);
    }

    boolean isUnknown() {
      return state == State.UNKNOWN || state == State.CLOSED;
    }
  }

  /**
   * Compares the keyrings that a load searches, and all that certificates are given for.
   *
   * @param named the keyring that the load names
   */
  static HostKeys of(
      KernelProfile profile,
      HostKeyrings host,
      KeyringName named,
      Map<KeyringName, List<CertificateFile>> given) {
    HostKeys found = new HostKeys(new EnumMap<>(KeyringName.class), new ArrayList<>());
    for (KeyringName name : KeyringName.values()) {
      List<CertificateFile> certificates = given.getOrDefault(name, List.of());
      Optional<SystemKeyring> system = name.system().filter(ring -> name.isIn(profile));
      if (system.isPresent() && (named.searches(name) || !certificates.isEmpty())) {
        certificates = found.compare(profile, system.get(), host.keys(system.get()), certificates);
      }
      if (!certificates.isEmpty()) {
        found.certificates.put(name, certificates);
      }
    }
    Optional<List<ListedKey>> revoked = host.keys(SystemKeyring.REVOKED);
    found.compare(profile, SystemKeyring.REVOKED, revoked, List.of());
    return found;
  }

  /** The certificates of one keyring that count. */
  private List<CertificateFile> compare(
      KernelProfile profile,
      SystemKeyring keyring,
      Optional<List<ListedKey>> told,
      List<CertificateFile> given) {
    List<CertificateFile> left = new ArrayList<>();
    List<Bytes> others = new ArrayList<>();
    told.ifPresent(
        keys ->
            keys.stream()
                .filter(key -> key.type().equals(ASYMMETRIC))
                .map(ListedKey::description)
                .forEach(others::add));
    for (CertificateFile certificate : given) {
      Optional<Key> key = KernelMirror.of(profile).readKey(certificate.der()).key();
      State state = State.UNKNOWN;
      if (key.isPresent() && told.isPresent()) {
        state = others.remove(key.get().description()) ? State.THERE : State.ABSENT;
      }
      if (state != State.ABSENT) {
        left.add(certificate);
      }
      String name = key.map(Key::description).map(Bytes::toUtf8).orElse("a certificate");
      rows.add(new Row(keyring, state, name + " (" + certificate.file() + ")"));
    }
    if (told.isEmpty()) {
      rows.add(new Row(keyring, State.CLOSED, ""));
    }
    others.forEach(other -> rows.add(new Row(keyring, State.OTHER, other.toUtf8())));
    return left;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.SystemKeyring;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.ListedKey;

/**
 * The running kernel's own keyrings, as far as it tells of them: serial numbers and descriptions of
 * keys. Certificates can't be read back from a kernel by anyone.
 *
 * @param listed what {@code /proc/keys} shows, which is what this user may view
 * @param kernel whom a serial number's key is asked for; absent where there is no way to ask
 */
record HostKeyrings(List<ListedKey> listed, Optional<Kernel> kernel) {
  private static final String KEYRING = "keyring";
  private static final String BLACKLISTED = "blacklist";

  /** Copies the list. */
  HostKeyrings {
    listed = List.copyOf(listed);
  }

  /** The calls about keys. */
  interface Kernel {
    /** What a key is called; empty if the user may not know. */
    Optional<ListedKey> describe(int serial);

    /** The serial numbers in a keyring; empty if the user may not know. */
    Optional<List<Integer>> members(int serial);
  }

  /** All keys of a keyring; empty if that can't be known, be it of a single one. */
  Optional<List<ListedKey>> keys(SystemKeyring which) {
    return kernel.flatMap(asked -> keys(which, asked));
  }

  private Optional<List<ListedKey>> keys(SystemKeyring which, Kernel asked) {
    Bytes name = Bytes.utf8(which.keyringName());
    Optional<Integer> serial =
        listed.stream()
            .filter(key -> key.type().equals(KEYRING))
            .map(ListedKey::serial)
            .filter(
                found ->
                    asked.describe(found).equals(Optional.of(new ListedKey(found, KEYRING, name))))
            .findFirst();
    Optional<List<Integer>> members = serial.flatMap(asked::members);
    if (members.isEmpty()) {
      return Optional.empty();
    }
    List<ListedKey> keys = new ArrayList<>();
    for (int member : members.get()) {
      Optional<ListedKey> key = asked.describe(member);
      if (key.isEmpty()) {
        return Optional.empty();
      }
      key.filter(found -> !found.type().equals(KEYRING)).ifPresent(keys::add);
    }
    return Optional.of(keys);
  }

  /** The hash blacklist; empty if it can't be known. */
  Optional<List<String>> blacklist() {
    return keys(SystemKeyring.REVOKED)
        .map(
            keys ->
                keys.stream()
                    .filter(key -> key.type().equals(BLACKLISTED))
                    .map(ListedKey::description)
                    .map(text -> new String(text.toArray(), StandardCharsets.ISO_8859_1))
                    .toList());
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.keyring;

import java.util.Optional;
import java.util.function.Predicate;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.Place;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Looks up a key by its identifiers in a keyring and those nested in it.
 *
 * <p>Stale keys are passed over but leave their mark: without a usable match the answer is theirs,
 * even if they have nothing to do with the key sought. The kernel scans in the order of a hash
 * tree, this in the order of adding; so where several keys match or several stale ones lie about,
 * the kernel may take another one.
 *
 * <p>Mirrors {@code find_asymmetric_key()} of crypto/asymmetric_keys/asymmetric_type.c and {@code
 * keyring_search_iterator()} of security/keys/keyring.c.
 */
public final class KeySearch {
  private static final int DEEPEST = 6;

  private final Predicate<Key> wanted;
  private Optional<Check> stale = Optional.empty();

  private KeySearch(Predicate<Key> wanted) {
    this.wanted = wanted;
  }

  /**
   * Finds the key with identifier {@code id0}, whose SKID is {@code id1} if that is given too;
   * without {@code id0}, the key with identifier {@code id1}.
   *
   * @param place of what asks, for refusals
   */
  public static Key find(Keyring keyring, Optional<Bytes> id0, Optional<Bytes> id1, Place place)
      throws Refusal {
    Bytes id = id0.or(() -> id1).orElseThrow();
    if (id.isEmpty()) {
      throw Refusal.at(Check.SIGNER_ID_EMPTY, place);
    }
    Key key = new KeySearch(candidate -> candidate.answersTo(id)).search(keyring, id, place);
    if (id0.isPresent() && id1.isPresent() && !key.certificate().skid().equals(id1)) {
      throw Refusal.at(Check.SIGNER_KEY_SKID, place);
    }
    return key;
  }

  /** Finds the key whose subject is that name. */
  public static Key findByName(Keyring keyring, Bytes subject, Place place) throws Refusal {
    if (subject.isEmpty()) {
      throw Refusal.at(Check.SIGNER_ID_EMPTY, place);
    }
    return new KeySearch(candidate -> candidate.certificate().subject().equals(subject))
        .search(keyring, subject, place);
  }

  private Key search(Keyring keyring, Bytes id, Place place) throws Refusal {
    Optional<Key> found = search(keyring, 0);
    if (found.isPresent()) {
      return found.get();
    }
    if (stale.isPresent()) {
      throw Refusal.at(stale.get(), place, keyring.name());
    }
    throw Refusal.at(Check.SIGNER_UNKNOWN, place, keyring.name(), id);
  }

  private Optional<Key> search(Keyring keyring, int depth) {
    if (keyring.state() == KeyState.REVOKED || keyring.state() == KeyState.INVALIDATED) {
      return Optional.empty();
    }
    for (Key key : keyring.keys()) {
      if (usable(key) && wanted.test(key)) {
        return Optional.of(key);
      }
    }
    if (depth == DEEPEST) {
      return Optional.empty();
    }
    for (Keyring nested : keyring.nested()) {
      Optional<Key> found = search(nested, depth + 1);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private boolean usable(Key key) {
    return switch (key.state()) {
      case VALID -> true;
      case EXPIRED -> {
        stale = Optional.of(Check.STALE_EXPIRED);
        yield false;
      }
      case REVOKED, INVALIDATED -> {
        stale = Optional.of(Check.STALE_REVOKED);
        yield false;
      }
    };
  }
}

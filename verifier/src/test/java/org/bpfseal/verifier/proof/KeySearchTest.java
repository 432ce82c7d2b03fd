// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.bpfseal.verifier.proof.CheckLab.LEAF;
import static org.bpfseal.verifier.proof.CheckLab.NEW;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.ring;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.Place;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Key;
import org.bpfseal.verifier.keyring.KeySearch;
import org.bpfseal.verifier.keyring.KeyState;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.keyring.Restriction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** find_asymmetric_key() and the scan of keyrings below it. */
class KeySearchTest {
  private static final Key KEY = ring(NEW, ROOT).keys().getFirst();
  private static final Key OTHER = ring(NEW, LEAF).keys().getFirst();
  private static final Bytes ID = KEY.certificate().id();
  private static final Bytes SKID = KEY.certificate().skid().orElseThrow();
  private static final Bytes UNKNOWN = Bytes.utf8("unknown");
  private static final Place SID = new Place("sid", 7);

  private static Keyring holding(Key... keys) {
    Keyring.Builder ring = Keyring.named("lab");
    for (Key key : keys) {
      ring.link(key);
    }
    return ring.build();
  }

  private static Key found(Keyring ring, Optional<Bytes> id0, Optional<Bytes> id1) throws Refusal {
    return KeySearch.find(ring, id0, id1, SID);
  }

  private static Check refused(Keyring ring, Optional<Bytes> id0, Optional<Bytes> id1) {
    return catchThrowableOfType(Refusal.class, () -> found(ring, id0, id1)).finding().check();
  }

  private static Optional<Bytes> none() {
    return Optional.empty();
  }

  @Test
  void eitherIdentifierOfTheKeyMayMatch() throws Refusal {
    Keyring ring = holding(OTHER, KEY);
    assertThat(found(ring, Optional.of(ID), none())).isEqualTo(KEY);
    assertThat(found(ring, Optional.of(SKID), none())).isEqualTo(KEY);
    assertThat(found(ring, none(), Optional.of(SKID))).isEqualTo(KEY);
    assertThat(found(ring, none(), Optional.of(ID))).isEqualTo(KEY);
    assertThat(refused(ring, Optional.of(UNKNOWN), none())).isEqualTo(Check.SIGNER_UNKNOWN);
    assertThat(refused(ring, none(), Optional.of(UNKNOWN))).isEqualTo(Check.SIGNER_UNKNOWN);
  }

  @Test
  void bothIdentifiersMustMatchWhereBothAreGiven() throws Refusal {
    Keyring ring = holding(KEY);
    assertThat(found(ring, Optional.of(ID), Optional.of(SKID))).isEqualTo(KEY);
    assertThat(refused(ring, Optional.of(ID), Optional.of(UNKNOWN)))
        .isEqualTo(Check.SIGNER_KEY_SKID);
    assertThat(refused(ring, Optional.of(UNKNOWN), Optional.of(SKID)))
        .isEqualTo(Check.SIGNER_UNKNOWN);
  }

  @Test
  void anEmptyIdentifierIsInvalid() {
    assertThat(refused(holding(KEY), Optional.of(Bytes.EMPTY), none()))
        .isEqualTo(Check.SIGNER_ID_EMPTY);
    assertThat(
            catchThrowableOfType(
                    Refusal.class, () -> KeySearch.findByName(holding(KEY), Bytes.EMPTY, SID))
                .finding()
                .check())
        .isEqualTo(Check.SIGNER_ID_EMPTY);
  }

  @Test
  void byName() throws Refusal {
    Bytes subject = KEY.certificate().subject();
    assertThat(KeySearch.findByName(holding(OTHER, KEY), subject, SID)).isEqualTo(KEY);
    Refusal refusal =
        catchThrowableOfType(
            Refusal.class, () -> KeySearch.findByName(holding(OTHER), subject, SID));
    assertThat(refusal.finding().check()).isEqualTo(Check.SIGNER_UNKNOWN);
    assertThat(refusal.finding().path()).isEqualTo("sid");
    assertThat(refusal.finding().offset()).hasValue(7);
  }

  /** KEYRING_SEARCH_MAX_DEPTH of security/keys/keyring.c. */
  @ParameterizedTest
  @CsvSource({"0, true", "1, true", "6, true", "7, false"})
  void sixKeyringsDeep(int depth, boolean there) throws Refusal {
    Keyring ring = holding(KEY);
    for (int i = 0; i < depth; i++) {
      ring = Keyring.named("outer").link(Keyring.empty("beside")).link(ring).build();
    }
    Keyring outer = ring;
    if (there) {
      assertThat(found(outer, Optional.of(ID), none())).isEqualTo(KEY);
    } else {
      assertThat(refused(outer, Optional.of(ID), none())).isEqualTo(Check.SIGNER_UNKNOWN);
    }
  }

  @ParameterizedTest
  @CsvSource({"EXPIRED, STALE_EXPIRED", "REVOKED, STALE_REVOKED", "INVALIDATED, STALE_REVOKED"})
  void aStaleKeyLeavesItsMarkUnlessAUsableOneIsFound(KeyState state, Check check) throws Refusal {
    assertThat(refused(holding(KEY.in(state)), Optional.of(ID), none())).isEqualTo(check);
    assertThat(refused(holding(OTHER.in(state)), Optional.of(ID), none())).isEqualTo(check);
    assertThat(found(holding(OTHER.in(state), KEY), Optional.of(ID), none())).isEqualTo(KEY);
  }

  @Test
  void theLastStaleKeyDecides() {
    Keyring ring = holding(OTHER.in(KeyState.REVOKED), KEY.in(KeyState.EXPIRED));
    assertThat(refused(ring, Optional.of(ID), none())).isEqualTo(Check.STALE_EXPIRED);
  }

  @ParameterizedTest
  @CsvSource({"REVOKED", "INVALIDATED"})
  void deadKeyringsAreNotSearched(KeyState state) {
    Keyring dead = holding(KEY).toBuilder().state(state).build();
    Keyring outer = Keyring.named("outer").link(dead).build();
    assertThat(refused(outer, Optional.of(ID), none())).isEqualTo(Check.SIGNER_UNKNOWN);
  }

  @Test
  void aKeyringIsCopiedWithAllThatItHas() {
    Restriction closed = new Restriction.Closed();
    Keyring ring =
        Keyring.named("lab")
            .state(KeyState.EXPIRED)
            .restriction(closed)
            .writable(false)
            .link(KEY)
            .link(Keyring.empty("inner"))
            .build();
    Keyring.Builder builder = ring.toBuilder();
    assertThat(builder.name()).isEqualTo("lab");
    assertThat(builder.restriction()).isEqualTo(closed);
    assertThat(builder.writable()).isFalse();
    Keyring copy = builder.build();
    assertThat(copy.state()).isEqualTo(KeyState.EXPIRED);
    assertThat(copy.restriction()).isEqualTo(closed);
    assertThat(copy.writable()).isFalse();
    assertThat(copy.keys()).containsExactly(KEY);
    assertThat(copy.nested()).extracting(Keyring::name).containsExactly("inner");
    assertThat(copy).hasToString("lab (1 keys)");
    assertThat(Keyring.empty("new").writable()).isTrue();
  }

  @Test
  void aKeyOfTheSameDescriptionIsDisplacedAndTheNewOneIsLast() {
    Key named = Key.of(OTHER.certificate(), Bytes.utf8("name"));
    Key later = Key.of(KEY.certificate(), Bytes.utf8("name"));
    assertThat(holding(named, KEY, later).keys()).isEqualTo(List.of(KEY, later));
    assertThat(KEY.in(KeyState.REVOKED).builtIn().in(KeyState.VALID).builtin()).isTrue();
    assertThat(KEY.builtin()).isFalse();
  }

  @Test
  void keysOfKeyringsInAKeyring() {
    Keyring nothing = Keyring.empty("nothing");
    Keyring outer = Keyring.named("outer").link(OTHER).link(holding(KEY)).build();
    assertThat(nothing.isEmpty()).isTrue();
    assertThat(Keyring.named("outer").link(nothing).build().isEmpty()).isTrue();
    assertThat(Keyring.named("outer").link(holding(KEY)).build().isEmpty()).isFalse();
    assertThat(outer.all()).containsExactly(OTHER, KEY);
  }
}

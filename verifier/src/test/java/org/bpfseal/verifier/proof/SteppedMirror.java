// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.verifier.AddKeyResult;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.SystemKeyring;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Key;
import org.bpfseal.verifier.keyring.KeyState;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.keyring.Restriction;

/**
 * The mirror taking the steps of one case: what the kernel keeps between system calls, and asks.
 */
final class SteppedMirror {
  private static final String DONE = "OK";
  private static final String NOT_ASKED = "-";

  private final List<Thing> made = new ArrayList<>();
  private final Map<Integer, Ring> special = new HashMap<>();
  private KernelProfile profile;

  /** What a number stands for; changed by steps. */
  private abstract static sealed class Thing {
    KeyState state = KeyState.VALID;
  }

  private static final class Ring extends Thing {
    final String name;
    final List<Thing> members = new ArrayList<>();
    Restriction restriction = new Restriction.None();

    Ring(String name) {
      this.name = name;
    }

    Keyring now() {
      Keyring.Builder builder = Keyring.named(name).state(state).restriction(restriction);
      for (Thing member : members) {
        switch (member) {
          case Ring ring -> builder.link(ring.now());
          case Asymmetric key -> builder.link(key.key.in(key.state));
          case Other _ -> {}
        }
      }
      return builder.build();
    }
  }

  private static final class Asymmetric extends Thing {
    final Key key;

    Asymmetric(Key key) {
      this.key = key;
    }
  }

  /** A key of another type, or nothing because it couldn't be made. */
  private static final class Other extends Thing {
    final boolean exists;

    Other(boolean exists) {
      this.exists = exists;
    }
  }

  /** Starts with a keyring of these keys. */
  SteppedMirror(KernelProfile profile, List<Key> keys) {
    this.profile = profile;
    Ring fresh = new Ring("case");
    keys.forEach(key -> fresh.members.add(new Asymmetric(key)));
    made.add(fresh);
    Ring thread = new Ring("_tid");
    thread.members.add(fresh);
    special.put(Step.THREAD, thread);
    special.put(Step.FSVERITY, new Ring(".fs-verity"));
  }

  private KernelMirror mirror() {
    return KernelMirror.of(profile);
  }

  /** The profile with all that is in keyrings now. */
  KernelProfile profile() {
    KernelProfile.Builder builder = profile.toBuilder();
    special.forEach(
        (id, ring) -> {
          if (id == Step.FSVERITY) {
            builder.keyring(SystemKeyring.FSVERITY, ring.now());
          } else {
            builder.keyring(id, ring.now());
          }
        });
    return builder.build();
  }

  private Thing thing(int number) {
    return number >= 0
        ? made.get(number)
        : special.computeIfAbsent(number, id -> new Ring("special " + id));
  }

  /** What {@code keyring_id} leads to; a key that is no keyring is found, and nothing in it. */
  KeyringSelector selector(int number) {
    return switch (made.get(number)) {
      case Ring ring -> new KeyringSelector.Given(ring.now());
      case Asymmetric key -> new KeyringSelector.Given(noKeyring(key));
      case Other key when key.exists -> new KeyringSelector.Given(noKeyring(key));
      case Other _ -> new KeyringSelector.Id(999_999_999);
    };
  }

  private static Keyring noKeyring(Thing key) {
    return Keyring.named("key").state(key.state).build();
  }

  /** The load behind all steps. */
  Verdict load(Case.Load load) {
    int id = load.keyringId();
    KeyringSelector keyring =
        id >= Case.NUMBERED && id < Case.NUMBERED + made.size()
            ? selector(id - Case.NUMBERED)
            : new KeyringSelector.Id(id);
    return KernelMirror.of(profile()).load(MirrorAnswers.request(load, keyring));
  }

  /** Takes a step and answers as the guest does. */
  String take(Step step) {
    return switch (step) {
      case Step.Add(int keyring, Bytes payload) -> add(thing(keyring), payload);
      case Step.NewKeyring(int keyring) ->
          link(thing(keyring), new Ring("made " + made.size()), true);
      case Step.UserKey(int keyring) -> link(thing(keyring), new Other(true), true);
      case Step.Expire(int key) -> become(thing(key), KeyState.EXPIRED);
      case Step.Revoke(int key) -> become(thing(key), KeyState.REVOKED);
      case Step.Invalidate(int key) -> become(thing(key), KeyState.INVALIDATED);
      case Step.Unlink(int keyring, int key) -> unlink(thing(keyring), thing(key));
      case Step.Link(int keyring, int key) -> link(thing(keyring), thing(key), false);
      case Step.Clear(int keyring) -> {
        ((Ring) thing(keyring)).members.clear();
        yield DONE;
      }
      case Step.Restrict(int keyring, int named, String how) ->
          restrict((Ring) thing(keyring), thing(named), how);
      case Step.JoinSession() -> {
        Ring session = new Ring("_ses");
        special.put(Step.SESSION, session);
        made.add(session);
        yield DONE;
      }
      case Step.Module(Bytes file) -> KernelMirror.of(profile()).module(file).word();
      case Step.EnforceModules() -> become(KernelFeature.MODULE_SIG_ENFORCED);
      case Step.LockDown() -> become(KernelFeature.LOCKDOWN);
      case Step.Verity verity -> verity(verity);
      case Step.Kfunc(Bytes content, Bytes message, Step.Lookup lookup, int id) ->
          KernelMirror.of(profile())
              .kfunc(
                  content,
                  message,
                  lookup == Step.Lookup.NUMBERED ? selector(id) : new KeyringSelector.Id(id))
              .word();
    };
  }

  private String become(KernelFeature feature) {
    profile = profile.toBuilder().with(feature).build();
    return DONE;
  }

  private static boolean missing(Thing thing) {
    return thing instanceof Other other && !other.exists;
  }

  private String add(Thing keyring, Bytes payload) {
    if (!(keyring instanceof Ring ring)) {
      made.add(new Other(false));
      return missing(keyring) ? NOT_ASKED : "ENOTDIR";
    }
    AddKeyResult result = mirror().addKey(ring.now().toBuilder(), payload);
    Optional<Key> added = result.key();
    added.ifPresent(
        key ->
            ring.members.removeIf(
                member ->
                    member instanceof Asymmetric other
                        && other.key.description().equals(key.description())));
    Thing thing = added.<Thing>map(Asymmetric::new).orElseGet(() -> new Other(false));
    made.add(thing);
    if (added.isPresent()) {
      ring.members.add(thing);
    }
    return result.verdict().word();
  }

  /** Makers only link what can be linked: into valid, unrestricted keyrings. */
  private String link(Thing keyring, Thing thing, boolean isNew) {
    if (missing(keyring) || missing(thing)) {
      if (isNew) {
        made.add(new Other(false));
      }
      return NOT_ASKED;
    }
    if (isNew) {
      made.add(thing);
    }
    Ring ring = (Ring) keyring;
    ring.members.remove(thing);
    ring.members.add(thing);
    return DONE;
  }

  private static String unlink(Thing keyring, Thing thing) {
    if (missing(keyring) || missing(thing)) {
      return NOT_ASKED;
    }
    ((Ring) keyring).members.remove(thing);
    return DONE;
  }

  private static String become(Thing thing, KeyState state) {
    if (missing(thing)) {
      return NOT_ASKED;
    }
    thing.state = state;
    return DONE;
  }

  private String restrict(Ring ring, Thing named, String how) {
    if (missing(named)) {
      return NOT_ASKED;
    }
    Keyring builtin = profile.keyring(SystemKeyring.BUILTIN);
    ring.restriction =
        switch (how) {
          case "" -> new Restriction.Closed();
          case "builtin_trusted", "builtin_and_secondary_trusted" ->
              new Restriction.SignedBy(builtin, false, false, Optional.empty());
          case "key_or_keyring:#", "key_or_keyring:#:chain" ->
              new Restriction.KeyOrKeyring(
                  named instanceof Asymmetric key
                      ? Keyring.named("named").link(key.key.in(key.state)).build()
                      : ((Ring) named).now(),
                  named instanceof Asymmetric,
                  how.endsWith("chain"));
          default -> throw new IllegalArgumentException(how);
        };
    return DONE;
  }

  private String verity(Step.Verity step) {
    KernelProfile.Builder builder = profile().toBuilder();
    if (step.required()) {
      builder.with(KernelFeature.FSVERITY_SIGNATURE_REQUIRED);
    }
    return KernelMirror.of(builder.build())
        .fsVerity(
            digest(step),
            step.signature().isEmpty() ? Optional.empty() : Optional.of(step.signature()))
        .word();
  }

  /** The fs-verity digest of a file of one block: the hash of its descriptor. */
  static Bytes digest(Step.Verity step) {
    Hash hash = step.sha512() ? Hash.SHA512 : Hash.SHA256;
    int size = step.content().size();
    Bytes block = Bytes.owning(Arrays.copyOf(step.content().toArray(), 4096));
    byte[] descriptor = new byte[256];
    descriptor[0] = 1;
    descriptor[1] = (byte) (step.sha512() ? 2 : 1);
    descriptor[2] = 12;
    descriptor[8] = (byte) size;
    descriptor[9] = (byte) (size >> 8);
    byte[] root = size == 0 ? new byte[0] : hash.of(block).toArray();
    System.arraycopy(root, 0, descriptor, 16, root.length);
    return hash.of(Bytes.owning(descriptor));
  }
}

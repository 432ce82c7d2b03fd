// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Makes cases about keyrings: nested ones, expired, revoked and invalidated keys and keyrings,
 * restrictions, special ids. Where several keys could answer, or several stale ones lie about, only
 * the kernel knows which it meets first; there is never more than one kind of them in a case.
 */
final class KeyringSteps {
  private static final Bytes INSNS = Bytes.hex("b7000000000000009500000000000000");
  private static final String[] RESTRICTIONS = {
    "key_or_keyring:#",
    "key_or_keyring:#",
    "key_or_keyring:#:chain",
    "builtin_trusted",
    "builtin_and_secondary_trusted",
    ""
  };
  private static final int[] SPECIAL = {-3, -4, -5, -2, -6, -7, -8, 3, 999_999_999};

  private final long seed;

  /** A signer, its issuer, a root, and a stranger. */
  private final List<Certificate> certificates;

  KeyringSteps(long seed) {
    this.seed = seed;
    KeyPool keys = new KeyPool(seed, false);
    Certificate root = named(CertificateRecipe.root(keys.key("rsa 1024 0")), "Root").make();
    Certificate middle =
        named(CertificateRecipe.issuedBy(root, keys.key("rsa 1024 1")), "Middle").make();
    Certificate signer =
        named(CertificateRecipe.issuedBy(middle, keys.key("rsa 1024 2")), "Signer").make();
    Certificate stranger = named(CertificateRecipe.root(keys.key("rsa 1024 3")), "Else").make();
    this.certificates = List.of(signer, middle, root, stranger);
  }

  private static CertificateRecipe named(CertificateRecipe recipe, String name) {
    return recipe.subject(CertificateRecipe.name(Der.UTF8_STRING, name));
  }

  Case make(int id) {
    Making making = new Making(new Random(seed * 7_368_787 + id));
    if (id % 10 == 0) {
      return making.deep(id);
    }
    return id % 3 == 0 ? making.restricted(id) : making.nested(id);
  }

  /** One case in the making. */
  private final class Making {
    private final Random random;
    private final List<Step> steps = new ArrayList<>();
    private final List<Integer> rings = new ArrayList<>(List.of(0));
    private final List<Integer> keys = new ArrayList<>();
    private final List<Integer> homes = new ArrayList<>();
    private int made = 1;

    Making(Random random) {
      this.random = random;
    }

    private <T> T any(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }

    private boolean rarely(int of) {
      return random.nextInt(of) == 0;
    }

    private int newRing(int parent) {
      steps.add(new Step.NewKeyring(parent));
      rings.add(made);
      return made++;
    }

    private int add(int ring, Bytes payload) {
      steps.add(new Step.Add(ring, payload));
      return made++;
    }

    private void addKey(int ring, Certificate certificate) {
      homes.add(ring);
      keys.add(add(ring, certificate.der()));
    }

    Case nested(int id) {
      if (rarely(8)) {
        steps.add(new Step.JoinSession());
        rings.add(made++);
      }
      for (int i = random.nextInt(4); i > 0; i--) {
        newRing(rarely(12) ? Step.PROCESS : rarely(12) ? Step.SESSION : any(rings));
      }
      for (Certificate certificate : certificates) {
        if (!rarely(3)) {
          addKey(rarely(3) ? rings.getLast() : any(rings), certificate);
        }
      }
      int user = -1;
      if (rarely(8)) {
        steps.add(new Step.UserKey(any(rings)));
        user = made++;
      }
      if (!keys.isEmpty()) {
        changeKeys();
      }
      int ring = rarely(3) ? any(rings) : 0;
      if (rarely(3)) {
        changeRing(ring);
      }
      return new Case(
          id,
          "keyrings",
          List.of(),
          steps,
          Optional.of(load(user >= 0 && rarely(2) ? user : ring)));
    }

    /** Searches go six keyrings deep; so does the possession that adding needs. */
    Case deep(int id) {
      for (int i = 0; i < 4; i++) {
        newRing(rings.getLast());
      }
      certificates.forEach(certificate -> addKey(rings.getLast(), certificate));
      int top = newRing(Step.THREAD);
      int bottom = newRing(newRing(top));
      steps.add(new Step.Link(bottom, 0));
      int ring = top + random.nextInt(bottom - top + 1);
      return new Case(id, "deep keyrings", List.of(), steps, Optional.of(load(ring)));
    }

    private void changeKeys() {
      if (rarely(6)) {
        steps.add(new Step.Link(any(rings), any(keys)));
        return;
      }
      int which = random.nextInt(keys.size());
      switch (random.nextInt(6)) {
        case 0 -> keys.stream().filter(_ -> rarely(2)).map(Step.Expire::new).forEach(steps::add);
        case 1 -> keys.stream().filter(_ -> rarely(2)).map(Step.Revoke::new).forEach(steps::add);
        case 2 -> steps.add(new Step.Invalidate(keys.get(which)));
        case 3 -> steps.add(new Step.Unlink(homes.get(which), keys.get(which)));
        case 4 -> steps.add(new Step.Clear(homes.get(which)));
        default -> {}
      }
    }

    /** And perhaps one more key is added to it. */
    private void changeRing(int ring) {
      switch (random.nextInt(3)) {
        case 0 -> steps.add(new Step.Expire(ring));
        case 1 -> steps.add(new Step.Revoke(ring));
        default -> steps.add(new Step.Invalidate(ring));
      }
      if (rarely(2)) {
        add(ring, any(certificates).der());
      }
    }

    Case restricted(int id) {
      int trusted = newRing(0);
      for (Certificate certificate : certificates) {
        if (!rarely(2)) {
          addKey(trusted, certificate);
        }
      }
      if (!keys.isEmpty() && rarely(3)) {
        changeKeys();
      }
      int target = newRing(0);
      int named = !keys.isEmpty() && rarely(3) ? any(keys) : trusted;
      if (rarely(5)) {
        add(target, any(certificates).der());
      }
      String how = RESTRICTIONS[random.nextInt(RESTRICTIONS.length)];
      steps.add(new Step.Restrict(target, named, how));
      for (int i = 1 + random.nextInt(5); i > 0; i--) {
        add(target, candidate());
      }
      return new Case(id, "restricted " + how, List.of(), steps, Optional.of(load(target)));
    }

    private Bytes candidate() {
      Certificate usual = any(certificates);
      if (!rarely(3)) {
        return usual.der();
      }
      CertificateMaker maker = new CertificateMaker(random, rarely(2));
      KeyPool pool = new KeyPool(seed, false);
      LabKey key = pool.key("rsa 1024 " + random.nextInt(4));
      Certificate other = rarely(4) ? maker.selfSigned(key) : maker.issuedBy(usual, key);
      return rarely(5) ? Mutation.bytes(other.tree(), random) : other.der();
    }

    private Case.Load load(int ring) {
      Certificate signer = certificates.get(rarely(4) ? random.nextInt(4) : 0);
      MessageRecipe.Signer info = MessageRecipe.Signer.of(signer);
      MessageRecipe message =
          MessageRecipe.of(INSNS, rarely(2) ? info : info.byIssuer())
              .inside(
                  certificates.stream()
                      .limit(random.nextInt(4))
                      .map(Certificate::tree)
                      .toArray(Node[]::new));
      Bytes signature = message.make();
      int keyring = Case.NUMBERED + ring;
      if (rarely(6)) {
        keyring = rarely(2) ? Step.THREAD : SPECIAL[random.nextInt(SPECIAL.length)];
      }
      return new Case.Load(
          INSNS,
          rarely(8) ? RsaFlaw.flipped(signature, random, 0) : signature,
          false,
          Case.WHOLE,
          keyring,
          Optional.empty());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bpfseal.verifier.CryptoModule;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.LoadRequest;
import org.bpfseal.verifier.Usage;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;

/** Keys, certificates, kernels and the ways to ask them, for {@link CheckCase}s. */
final class CheckLab {
  static final KeyPool KEYS = new KeyPool(20260201, true);
  static final LabKey RSA = KEYS.key("rsa 2048 0");
  static final LabKey OTHER_RSA = KEYS.key("rsa 2048 1");
  static final Certificate ROOT = CertificateRecipe.root(RSA).make();
  static final Certificate LEAF = CertificateRecipe.issuedBy(ROOT, OTHER_RSA).make();

  /** Return 0, twice as long as needed. */
  static final Bytes PROGRAM = Bytes.hex("b7000000000000009500000000000000");

  static final KernelProfile NEW = KernelProfile.debianCloud(KernelRelease.series(7, 3));
  static final KernelProfile OLD = KernelProfile.debianCloud(KernelRelease.series(6, 18));
  static final KernelProfile OLDEST = KernelProfile.debianCloud(KernelRelease.series(6, 12));

  private CheckLab() {}

  static KernelProfile with(CryptoModule... modules) {
    KernelProfile.Builder builder = NEW.toBuilder();
    for (CryptoModule module : modules) {
      builder.module(module);
    }
    return builder.build();
  }

  static KernelProfile with(KernelFeature feature) {
    return NEW.toBuilder().with(feature).build();
  }

  static KernelProfile without(KernelFeature feature) {
    return NEW.toBuilder().without(feature).build();
  }

  static Keyring ring(KernelProfile profile, Certificate... certificates) {
    Keyring.Builder ring = Keyring.named("lab");
    for (Certificate certificate : certificates) {
      if (!KernelMirror.of(profile).addKey(ring, certificate.der()).verdict().isAccepted()) {
        throw new AssertionError("the lab's certificate is refused");
      }
    }
    return ring.build();
  }

  static Verdict add(KernelProfile profile, Bytes certificate) {
    return add(profile, Keyring.named("lab"), certificate);
  }

  static Verdict add(KernelProfile profile, Keyring.Builder ring, Bytes certificate) {
    return KernelMirror.of(profile).addKey(ring, certificate).verdict();
  }

  static Verdict add(CertificateRecipe recipe) {
    return add(NEW, recipe.make().der());
  }

  /** A load of {@link #PROGRAM} by a kernel whose keyring holds {@link #ROOT}. */
  static Verdict load(Bytes signature) {
    return load(NEW, signature, ring(NEW, ROOT));
  }

  static Verdict load(MessageRecipe message) {
    return load(message.make());
  }

  static Verdict load(KernelProfile profile, Bytes signature, Keyring ring) {
    return load(profile, LoadRequest.of(PROGRAM, signature, new KeyringSelector.Given(ring)));
  }

  static Verdict load(KernelProfile profile, LoadRequest request) {
    return KernelMirror.of(profile).load(request);
  }

  static Verdict verify(KernelProfile profile, MessageRecipe message, Usage usage) {
    return KernelMirror.of(profile)
        .verify(
            Optional.of(PROGRAM),
            message.make(),
            new KeyringSelector.Given(ring(profile, ROOT)),
            usage);
  }

  static MessageRecipe by(MessageRecipe.Signer... signers) {
    return MessageRecipe.of(PROGRAM, signers);
  }

  static MessageRecipe.Signer signer(Certificate certificate) {
    return MessageRecipe.Signer.of(certificate);
  }

  /** Signed by a certificate that is inside and named by issuer and serial number. */
  static MessageRecipe inside(Certificate certificate) {
    return by(signer(certificate).byIssuer()).inside(certificate.tree());
  }

  /** With one part of SignedData in another's place. */
  static UnaryOperator<List<Node>> part(int index, Node other) {
    return parts -> replaced(parts, index, other);
  }

  /** With one part of the first SignerInfo in another's place. */
  static UnaryOperator<List<Node>> signerPart(int index, Node other) {
    return parts -> {
      Node infos = parts.getLast();
      Node info = infos.nodes().getFirst();
      Node changed = info.with(replaced(info.nodes(), index, other));
      return replaced(parts, parts.size() - 1, infos.with(replaced(infos.nodes(), 0, changed)));
    };
  }

  /** With another signature value; there are no signed attributes. */
  static UnaryOperator<List<Node>> signature(Bytes value) {
    return signerPart(4, Der.octets(value));
  }

  static List<Node> replaced(List<Node> nodes, int index, Node other) {
    List<Node> copy = new ArrayList<>(nodes);
    copy.set(index, other);
    return copy;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.pkcs7;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.SignatureCheck;
import org.bpfseal.verifier.x509.Certificate;
import org.bpfseal.verifier.x509.CertificateStatus;

/**
 * The certificates of one message and who of them signed whom, as far as that was verified.
 *
 * <p>Each signature is verified once, whatever number of signers leads to it. Mirrors {@code
 * pkcs7_verify_sig_chain()} of crypto/asymmetric_keys/pkcs7_verify.c. Not for several threads.
 */
public final class MessageChains {
  private static final int NONE = -1;

  private final KernelProfile profile;
  private final List<Certificate> certificates;
  private final Map<Bytes, Integer> byId = new HashMap<>();
  private final Map<Bytes, Integer> bySkid = new HashMap<>();
  private final int[] links;
  private final List<Optional<Link>> verified;

  private record Link(int issuer, Optional<Refusal> refusal) {}

  MessageChains(KernelProfile profile, List<Certificate> certificates) {
    this.profile = profile;
    this.certificates = certificates;
    this.links = new int[certificates.size()];
    this.verified = new ArrayList<>();
    Arrays.fill(links, NONE);
    for (int i = 0; i < certificates.size(); i++) {
      Certificate certificate = certificates.get(i);
      byId.putIfAbsent(certificate.id(), i);
      int index = i;
      certificate.skid().ifPresent(skid -> bySkid.putIfAbsent(skid, index));
      verified.add(Optional.empty());
    }
  }

  /** Index of the first certificate with that serial number and issuer. */
  public Optional<Integer> find(Bytes id) {
    return Optional.ofNullable(byId.get(id));
  }

  public Certificate certificate(int index) {
    return certificates.get(index);
  }

  public int size() {
    return certificates.size();
  }

  /** Index of the certificate that was found to have signed this one; itself for a root. */
  public Optional<Integer> issuer(int index) {
    return links[index] == NONE ? Optional.empty() : Optional.of(links[index]);
  }

  /**
   * Follows the chain from a signer's certificate as far as the message goes, verifying each step.
   *
   * @return false if it meets a blacklisted certificate
   */
  boolean follow(int signer) throws Refusal {
    boolean[] seen = new boolean[certificates.size()];
    int x = signer;
    while (true) {
      seen[x] = true;
      Certificate.Status status = certificates.get(x).status();
      if (status.blacklisted()) {
        return false;
      }
      if (status.selfSigned()) {
        links[x] = x;
        return true;
      }
      Optional<Integer> issuer = issuerCandidate(x);
      if (issuer.isEmpty() || seen[issuer.get()]) {
        return true;
      }
      requireSignature(x, issuer.get());
      links[x] = issuer.get();
      x = issuer.get();
    }
  }

  private Optional<Integer> issuerCandidate(int x) throws Refusal {
    Certificate.Authority authority = certificates.get(x).authority();
    if (authority.issuerAndSerial().isEmpty()) {
      return authority.keyId().map(bySkid::get);
    }
    Optional<Integer> found = authority.issuerAndSerial().map(byId::get);
    if (found.isPresent()
        && authority.keyId().isPresent()
        && !certificates.get(found.get()).skid().equals(authority.keyId())) {
      throw Refusal.at(Check.CHAIN_SKID, certificates.get(x).place());
    }
    return found;
  }

  private void requireSignature(int x, int issuer) throws Refusal {
    Optional<Link> known = verified.get(x);
    if (known.isEmpty()) {
      known = Optional.of(new Link(issuer, refusal(x, issuer)));
      verified.set(x, known);
    }
    if (known.get().refusal().isPresent()) {
      throw known.get().refusal().get();
    }
  }

  private Optional<Refusal> refusal(int x, int issuer) {
    try {
      SignatureCheck.verify(
          profile,
          certificates.get(issuer).publicKey(),
          CertificateStatus.signedValue(profile, certificates.get(x)));
      return Optional.empty();
    } catch (Refusal refusal) {
      return Optional.of(refusal);
    }
  }
}

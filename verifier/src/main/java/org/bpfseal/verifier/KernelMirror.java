// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.program.SignedForm;

/**
 * Answers as one kernel would. Immutable, without global state, and usable by several threads.
 *
 * <pre>{@code
 * KernelMirror mirror = KernelMirror.of(KernelProfile.debianCloud(KernelRelease.series(7, 3)));
 * Keyring.Builder ring = Keyring.named("release");
 * mirror.addKey(ring, certificate);
 * Verdict verdict = mirror.judge(form, data, new KeyringSelector.Given(ring.build()));
 * }</pre>
 */
@SuppressWarnings("DoNotCallSuggester") // the bodies follow
public final class KernelMirror {
  private final KernelProfile profile;

  private KernelMirror(KernelProfile profile) {
    this.profile = profile;
  }

  public static KernelMirror of(KernelProfile profile) {
    return new KernelMirror(profile);
  }

  public KernelProfile profile() {
    return profile;
  }

  /**
   * {@code add_key("asymmetric", NULL, payload)} into a keyring: the key gets the description that
   * the kernel proposes, and displaces one that has it already.
   *
   * @param payload a certificate in DER, whatever follows it
   */
  public AddKeyResult addKey(Keyring.Builder ring, Bytes payload) {
    throw new UnsupportedOperationException();
  }

  /** As {@link #addKey(Keyring.Builder, Bytes)}, under a description of the caller's. */
  public AddKeyResult addKey(Keyring.Builder ring, Bytes description, Bytes payload) {
    throw new UnsupportedOperationException();
  }

  /**
   * A signed {@code BPF_PROG_LOAD}, up to the moment at which the kernel turns from the signature
   * to the program. What the BPF verifier would say afterwards is not judged.
   */
  public Verdict load(LoadRequest request) {
    throw new UnsupportedOperationException();
  }

  /**
   * The load of a signed loader and its run, as a boot loader that follows the rules does it: the
   * blob in an exclusive, frozen map, bound by {@code fd_array} for the 7.3 form and not for the
   * 6.18 form, whose own instructions compare the blob.
   */
  public Verdict judge(SignedForm form, Bytes data, KeyringSelector keyring) {
    throw new UnsupportedOperationException();
  }

  /**
   * {@code verify_pkcs7_signature()}, which all users of signatures end in.
   *
   * @param content what a detached signature covers; absent for a message that carries its content
   */
  public Verdict verify(
      Optional<Bytes> content, Bytes message, KeyringSelector keyring, Usage usage) {
    throw new UnsupportedOperationException();
  }

  /** The kfunc {@code bpf_verify_pkcs7_signature}, called by a BPF program. */
  public Verdict kfunc(Bytes content, Bytes message, KeyringSelector keyring) {
    throw new UnsupportedOperationException();
  }

  /** Loading a kernel module with or without a signature appended. */
  public Verdict module(Bytes file) {
    throw new UnsupportedOperationException();
  }

  /**
   * The builtin signature of fs-verity.
   *
   * @param digest the file's fs-verity digest: 32 bytes of SHA-256 or 64 of SHA-512
   * @param signature absent for a file without one
   */
  public Verdict fsVerity(Bytes digest, Optional<Bytes> signature) {
    throw new UnsupportedOperationException();
  }

  /** All the certificates' answers, in order. */
  public List<AddKeyResult> addKeys(Keyring.Builder ring, List<Bytes> payloads) {
    return payloads.stream().map(payload -> addKey(ring, payload)).toList();
  }
}

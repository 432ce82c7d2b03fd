// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Key;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;

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
public final class KernelMirror {
  private static final int DYNPTR_LIMIT = (1 << 24) - 1;

  private final KernelProfile profile;
  private final KeyAdder keys;
  private final MessageJudge messages;
  private final LoadJudge loads;

  private KernelMirror(KernelProfile profile, Optional<Instant> now) {
    this.profile = profile;
    this.keys = new KeyAdder(profile);
    this.messages = new MessageJudge(profile, now);
    this.loads = new LoadJudge(profile, messages);
  }

  public static KernelMirror of(KernelProfile profile) {
    return new KernelMirror(profile, Optional.empty());
  }

  /**
   * The same mirror, which also gives advice on certificates that are not valid at that time. No
   * verdict changes by it: the kernel never asks the clock.
   */
  public KernelMirror at(Instant now) {
    return new KernelMirror(profile, Optional.of(now));
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
    return addKey(ring, Bytes.EMPTY, payload);
  }

  /**
   * What {@code add_key} would make of a payload, before a keyring is asked: for callers that add
   * one certificate to many keyrings with {@link Keyring.Builder#link(Key)}.
   */
  public AddKeyResult readKey(Bytes payload) {
    return added(() -> keys.read(payload));
  }

  /** As {@link #addKey(Keyring.Builder, Bytes)}, under a description of the caller's. */
  public AddKeyResult addKey(Keyring.Builder ring, Bytes description, Bytes payload) {
    return added(() -> keys.add(ring, description, payload));
  }

  /**
   * A signed {@code BPF_PROG_LOAD}, up to the moment at which the kernel turns from the signature
   * to the program. What the BPF verifier would say afterwards is not judged.
   */
  public Verdict load(LoadRequest request) {
    return answer(() -> loads.require(request));
  }

  /**
   * The load of a signed loader and its run, as a boot loader that follows the rules does it: the
   * blob in an exclusive, frozen map, bound by {@code fd_array} for the 7.3 form and not for the
   * 6.18 form, whose own instructions compare the blob.
   */
  public Verdict judge(SignedForm form, Bytes data, KeyringSelector keyring) {
    return answer(() -> new LoaderJudge(profile, loads).require(form, data, keyring));
  }

  /**
   * Likewise one form of a program, which may be signed without a loader: then its one map, if it
   * has one, is exclusive, frozen and bound by {@code fd_array}.
   */
  public Verdict judge(SignedProgram program, SignedForm form, KeyringSelector keyring) {
    return program.direct().isPresent()
        ? answer(() -> new LoaderJudge(profile, loads).requireDirect(form, program.data(), keyring))
        : judge(form, program.data(), keyring);
  }

  /**
   * {@code verify_pkcs7_signature()}, which all users of signatures end in.
   *
   * @param content what a detached signature covers; absent for a message that carries its content
   */
  public Verdict verify(
      Optional<Bytes> content, Bytes message, KeyringSelector keyring, Usage usage) {
    return answer(() -> messages.require(content, message, keyring, usage));
  }

  /** The kfunc {@code bpf_verify_pkcs7_signature}, called by a BPF program. */
  public Verdict kfunc(Bytes content, Bytes message, KeyringSelector keyring) {
    return answer(
        () -> {
          if (content.size() > DYNPTR_LIMIT) {
            throw Refusal.of(Check.KFUNC_CONTENT_LONG, "content", content.size());
          }
          return messages.requireForProgram(content, message, keyring);
        });
  }

  /** Loading a kernel module with or without a signature appended. */
  public Verdict module(Bytes file) {
    return answer(() -> new ModuleJudge(profile, messages).require(file));
  }

  /**
   * The builtin signature of fs-verity.
   *
   * @param digest the file's fs-verity digest: 32 bytes of SHA-256 or 64 of SHA-512
   * @param signature absent for a file without one
   */
  public Verdict fsVerity(Bytes digest, Optional<Bytes> signature) {
    return answer(() -> new FsVerityJudge(profile, messages).require(digest, signature));
  }

  /** All the certificates' answers, in order. */
  public List<AddKeyResult> addKeys(Keyring.Builder ring, List<Bytes> payloads) {
    return payloads.stream().map(payload -> addKey(ring, payload)).toList();
  }

  private interface Judgement {
    List<Advice> run() throws Refusal;
  }

  private interface Addition {
    Key run() throws Refusal;
  }

  private static AddKeyResult added(Addition addition) {
    try {
      Key key = addition.run();
      return new AddKeyResult(new Verdict.Accepted(List.of()), Optional.of(key));
    } catch (Refusal refusal) {
      return new AddKeyResult(rejected(refusal), Optional.empty());
    }
  }

  private static Verdict answer(Judgement judgement) {
    try {
      return new Verdict.Accepted(judgement.run());
    } catch (Refusal refusal) {
      return rejected(refusal);
    }
  }

  private static Verdict rejected(Refusal refusal) {
    return new Verdict.Rejected(refusal.finding(), refusal.further(), List.of());
  }
}

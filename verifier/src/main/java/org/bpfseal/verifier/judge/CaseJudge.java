// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.judge;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.bpfseal.verifier.AddKeyResult;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.LoadRequest;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;

/**
 * Judges the cases of one corpus; each certificate is read once, however many cases add it. Usable
 * by several threads.
 */
final class CaseJudge {
  private static final String NOT_ASKED = "-";

  private final KernelMirror mirror;
  private final Bytes[] blobs;
  private final AtomicReferenceArray<AddKeyResult> keys;

  CaseJudge(KernelMirror mirror, Bytes[] blobs) {
    this.mirror = mirror;
    this.blobs = blobs;
    this.keys = new AtomicReferenceArray<>(blobs.length);
  }

  /** Appends {@code id TAB load TAB certificates} and a newline. */
  void judge(CorpusCase one, StringBuilder out) {
    Keyring.Builder ring = Keyring.named("fresh");
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < one.certificates().size(); i++) {
      AddKeyResult result = key(one.certificates().get(i));
      result.key().ifPresent(ring::link);
      words.append(i == 0 ? "" : ",").append(result.verdict().word());
    }
    out.append(one.id()).append('\t');
    out.append(one.load().map(load -> word(load, ring.build())).orElse(NOT_ASKED));
    out.append('\t').append(words.isEmpty() ? NOT_ASKED : words).append('\n');
  }

  private String word(CorpusCase.Load load, Keyring ring) {
    Bytes signature = blobs[load.signature()];
    long size = load.signatureSize();
    LoadRequest request =
        new LoadRequest(
            blobs[load.insns()],
            load.signed() ? Optional.of(signature) : Optional.empty(),
            size == CorpusCase.Load.WHOLE_BLOB ? signature.size() : size,
            selector(load.keyringId(), ring),
            Optional.empty(),
            0);
    return mirror.load(request).word();
  }

  private static KeyringSelector selector(int id, Keyring ring) {
    return switch (id) {
      case CorpusCase.Load.FRESH_KEYRING -> new KeyringSelector.Given(ring);
      case CorpusCase.Load.THREAD_KEYRING ->
          new KeyringSelector.Given(Keyring.named("_tid").link(ring).build());
      default -> new KeyringSelector.Id(id);
    };
  }

  /** Two threads may read the same certificate at once; they find the same. */
  private AddKeyResult key(int blob) {
    AddKeyResult known = keys.get(blob);
    if (known == null) {
      known = mirror.readKey(blobs[blob]);
      keys.set(blob, known);
    }
    return known;
  }
}

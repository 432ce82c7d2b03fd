// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfseal.verifier.bytes.Bytes;

/** Writes the file that both a kernel and {@code bpf-verify judge} read; judge.c draws it. */
final class Corpus {
  private static final int LOAD = 0;
  private static final int KEYS_ONLY = 1;
  private static final int LOAD_WITH_MAPS = 2;
  private static final int STEPS = 3;
  private static final int SIGNATURE_IS_NULL = 1;

  private final Map<Bytes, Integer> blobs = new LinkedHashMap<>();
  private final ByteArrayOutputStream cases = new ByteArrayOutputStream();

  private Corpus() {}

  static Bytes of(List<Case> cases) {
    Corpus corpus = new Corpus();
    cases.forEach(corpus::add);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Bytes.utf8("SIGLAB1\n").toArray());
    out.writeBytes(u32(corpus.blobs.size()));
    corpus
        .blobs
        .keySet()
        .forEach(
            blob -> {
              out.writeBytes(u32(blob.size()));
              out.writeBytes(blob.toArray());
            });
    out.writeBytes(u32(cases.size()));
    out.writeBytes(corpus.cases.toByteArray());
    return Bytes.owning(out.toByteArray());
  }

  private void add(Case one) {
    boolean isNull = one.load().map(Case.Load::isNull).orElse(false);
    cases.writeBytes(u32(one.id()));
    cases.write(kind(one));
    cases.write(isNull ? SIGNATURE_IS_NULL : 0);
    cases.write(one.certificates().size());
    cases.write(0);
    one.certificates().forEach(this::addBlob);
    if (!one.steps().isEmpty()) {
      cases.writeBytes(u32(one.steps().size()));
      one.steps().forEach(this::addStep);
      cases.write(one.load().isPresent() ? 1 : 0);
    }
    one.load()
        .ifPresent(
            load -> {
              addBlob(load.insns());
              addBlob(load.signature());
              cases.writeBytes(u32((int) load.signatureSize()));
              cases.writeBytes(u32(load.keyringId()));
              load.binding().ifPresent(this::addBinding);
            });
  }

  private static int kind(Case one) {
    if (!one.steps().isEmpty()) {
      return STEPS;
    }
    if (one.load().isEmpty()) {
      return KEYS_ONLY;
    }
    return one.load().get().binding().isPresent() ? LOAD_WITH_MAPS : LOAD;
  }

  private void addBinding(Binding binding) {
    cases.writeBytes(u32(binding.maps().size()));
    for (Binding.Map map : binding.maps()) {
      cases.writeBytes(u32(map.type()));
      cases.writeBytes(u32(map.valueSize()));
      cases.writeBytes(u32(map.maxEntries()));
      cases.writeBytes(u32(map.flags()));
      cases.writeBytes(u32(map.frozen() ? 1 : 0));
      addBlob(map.value());
      addBlob(map.exclusiveTo());
    }
    cases.writeBytes(u32(binding.count()));
    cases.writeBytes(u32(binding.isNull() ? 1 : 0));
    cases.writeBytes(u32(binding.entries().size()));
    binding.entries().forEach(entry -> cases.writeBytes(u32(entry)));
  }

  /** In the order of script.c. */
  private void addStep(Step step) {
    switch (step) {
      case Step.Add(int keyring, Bytes payload) -> addStep(0, keyring, 0, payload, Bytes.EMPTY);
      case Step.NewKeyring(int keyring) -> addStep(1, keyring, 0, Bytes.EMPTY, Bytes.EMPTY);
      case Step.UserKey(int keyring) -> addStep(2, keyring, 0, Bytes.utf8("user"), Bytes.EMPTY);
      case Step.Expire(int key) -> addStep(3, key, 0, Bytes.EMPTY, Bytes.EMPTY);
      case Step.Revoke(int key) -> addStep(4, key, 0, Bytes.EMPTY, Bytes.EMPTY);
      case Step.Invalidate(int key) -> addStep(5, key, 0, Bytes.EMPTY, Bytes.EMPTY);
      case Step.Unlink(int keyring, int key) -> addStep(6, keyring, key, Bytes.EMPTY, Bytes.EMPTY);
      case Step.Link(int keyring, int key) -> addStep(7, keyring, key, Bytes.EMPTY, Bytes.EMPTY);
      case Step.Clear(int keyring) -> addStep(8, keyring, 0, Bytes.EMPTY, Bytes.EMPTY);
      case Step.Restrict(int keyring, int named, String how) ->
          addStep(9, keyring, named, Bytes.utf8(how), Bytes.EMPTY);
      case Step.JoinSession() -> addStep(10, 0, 0, Bytes.EMPTY, Bytes.EMPTY);
      case Step.Module(Bytes file) -> addStep(11, 0, 0, file, Bytes.EMPTY);
      case Step.EnforceModules() -> addStep(12, 0, 0, Bytes.EMPTY, Bytes.EMPTY);
      case Step.Verity verity ->
          addStep(
              13,
              verity.sha512() ? 2 : 1,
              verity.required() ? 1 : 0,
              verity.content(),
              verity.signature());
      case Step.LockDown() -> addStep(15, 0, 0, Bytes.EMPTY, Bytes.EMPTY);
      case Step.Kfunc(Bytes content, Bytes message, Step.Lookup lookup, int id) ->
          addStep(14, lookup.mode, id, content, message);
    }
  }

  private void addStep(int what, int a, int b, Bytes first, Bytes second) {
    cases.writeBytes(u32(what));
    cases.writeBytes(u32(a));
    cases.writeBytes(u32(b));
    addBlob(first);
    addBlob(second);
  }

  private void addBlob(Bytes blob) {
    int index = blobs.computeIfAbsent(blob, _ -> blobs.size());
    cases.writeBytes(u32(index));
  }

  private static byte[] u32(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }
}

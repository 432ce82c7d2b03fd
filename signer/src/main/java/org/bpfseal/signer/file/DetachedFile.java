// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.file;

import java.util.List;
import org.bpfseal.signer.SignableUnit;
import org.bpfseal.signer.Signature;
import org.bpfseal.signer.key.Payload;
import org.bpfseal.verifier.bytes.Bytes;

/** A whole file; its output is the signature alone. */
public record DetachedFile(Payload content) implements SignableUnit {
  @Override
  public List<Part> parts() {
    return List.of(new Part("", "the whole file", content));
  }

  @Override
  public Bytes complete(List<Signature> signatures) {
    return signatures.getFirst().der();
  }
}

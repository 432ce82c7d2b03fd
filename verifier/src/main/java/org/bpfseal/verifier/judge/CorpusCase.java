// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.judge;

import java.util.Optional;

/**
 * One case of a corpus. Blobs are named by their index.
 *
 * @param id unsigned
 * @param certificates added in this order to a fresh keyring
 * @param load absent where only keys are added
 */
record CorpusCase(long id, Blobs certificates, Optional<Load> load) {
  /**
   * A signed load.
   *
   * @param signed false for a NULL signature pointer
   * @param signatureSize as passed; {@link #WHOLE_BLOB} for the signature's own
   * @param keyringId as passed; {@link #FRESH_KEYRING} for the case's own keyring
   */
  record Load(int insns, int signature, boolean signed, long signatureSize, int keyringId) {
    static final long WHOLE_BLOB = 0xffff_ffffL;
    static final int FRESH_KEYRING = 0x7fff_ffff;

    /** The thread keyring, into which the case's keyring is linked. */
    static final int THREAD_KEYRING = -1;
  }

  /** A list of blob indices. */
  interface Blobs {
    int size();

    int get(int position);
  }
}

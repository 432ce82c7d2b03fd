// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.Optional;
import org.bpfseal.verifier.keyring.Key;

/**
 * The answer to {@code add_key}.
 *
 * @param key the key that was linked; absent when the kernel refuses
 */
public record AddKeyResult(Verdict verdict, Optional<Key> key) {}

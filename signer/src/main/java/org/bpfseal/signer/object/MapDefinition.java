// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

/**
 * The attributes with which a map is created; 32-bit values are unsigned.
 *
 * @param name the kernel keeps 15 bytes of it
 * @param type {@code enum bpf_map_type}
 * @param keyType BTF id of the key, 0 for none
 * @param valueType BTF id of the value, 0 for none
 */
public record MapDefinition(
    String name,
    int type,
    int keySize,
    int valueSize,
    int maxEntries,
    int flags,
    int numaNode,
    int keyType,
    int valueType,
    long mapExtra) {}

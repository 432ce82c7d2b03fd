// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

import org.bpfseal.verifier.bpf.MapType;

/**
 * The attributes with which a map is made. Numbers are unsigned.
 *
 * @param name as the kernel has it, at most 15 characters
 * @param keySize in bytes
 * @param valueSize in bytes
 * @param flags {@code BPF_F_*} of map creation
 * @param keyTypeId of the BTF, or 0
 * @param valueTypeId of the BTF, or 0
 * @param extra {@code map_extra}, whose meaning depends on the type
 */
public record MapDefinition(
    String name,
    MapType type,
    long keySize,
    long valueSize,
    long maxEntries,
    long flags,
    long numaNode,
    long keyTypeId,
    long valueTypeId,
    long extra) {}

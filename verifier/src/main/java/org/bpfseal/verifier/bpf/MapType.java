// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.bpf;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Kinds of BPF maps: {@code enum bpf_map_type} of include/uapi/linux/bpf.h, kernel 7.3.
 *
 * <p>Number 0 (unspec) is no type.
 */
public enum MapType {
  HASH(1),
  ARRAY(2),
  PROG_ARRAY(3),
  PERF_EVENT_ARRAY(4),
  PERCPU_HASH(5),
  PERCPU_ARRAY(6),
  STACK_TRACE(7),
  CGROUP_ARRAY(8),
  LRU_HASH(9),
  LRU_PERCPU_HASH(10),
  LPM_TRIE(11),
  ARRAY_OF_MAPS(12),
  HASH_OF_MAPS(13),
  DEVMAP(14),
  SOCKMAP(15),
  CPUMAP(16),
  XSKMAP(17),
  SOCKHASH(18),
  CGROUP_STORAGE(19),
  REUSEPORT_SOCKARRAY(20),
  PERCPU_CGROUP_STORAGE(21),
  QUEUE(22),
  STACK(23),
  SK_STORAGE(24),
  DEVMAP_HASH(25),
  STRUCT_OPS(26),
  RINGBUF(27),
  INODE_STORAGE(28),
  TASK_STORAGE(29),
  BLOOM_FILTER(30),
  USER_RINGBUF(31),
  CGRP_STORAGE(32),
  ARENA(33),
  INSN_ARRAY(34),
  RHASH(35);

  private static final Map<String, MapType> BY_TEXT =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(MapType::text, Function.identity()));

  private static final Map<Long, MapType> BY_NUMBER =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(type -> (long) type.number, Function.identity()));

  private final String text = name().toLowerCase(Locale.ROOT);
  private final int number;

  MapType(int number) {
    this.number = number;
  }

  /**
   * The name in the manifest and in all output: the kernel's, without its prefix, in lower case.
   */
  public String text() {
    return text;
  }

  /** The kernel's number. */
  public int number() {
    return number;
  }

  /** The type of that name, if there is one. */
  public static Optional<MapType> of(String text) {
    return Optional.ofNullable(BY_TEXT.get(text));
  }

  /** The type of that unsigned number, if there is one. */
  public static Optional<MapType> of(long number) {
    return Optional.ofNullable(BY_NUMBER.get(number));
  }
}

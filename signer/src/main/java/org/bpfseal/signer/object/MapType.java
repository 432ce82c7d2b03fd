// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.Locale;

/** {@code enum bpf_map_type} of {@code include/uapi/linux/bpf.h} at 7.3, by number. */
public enum MapType {
  UNSPEC(0),
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

  private final int id;

  MapType(int id) {
    this.id = id;
  }

  private static final MapType[] BY_NUMBER = values();

  /** The name as bpftool prints it; a number that is newer than this list stays one. */
  public static String label(int number) {
    return number >= 0 && number < BY_NUMBER.length
        ? BY_NUMBER[number].name().toLowerCase(Locale.ROOT)
        : "type " + Integer.toUnsignedString(number);
  }

  /** The number that the kernel knows it by. */
  public int id() {
    return id;
  }

  boolean is(int number) {
    return id == number;
  }

  /** Whether values of that type are maps. */
  public static boolean isMapOfMaps(int number) {
    return ARRAY_OF_MAPS.is(number) || HASH_OF_MAPS.is(number);
  }

  static boolean isRingBuffer(int number) {
    return RINGBUF.is(number) || USER_RINGBUF.is(number);
  }

  /** Whether the kernel refuses BTF ids for keys and values of that type. */
  static boolean isWithoutTypes(int number) {
    if (number < 0 || number >= BY_NUMBER.length) {
      return false;
    }
    return switch (BY_NUMBER[number]) {
      case PERF_EVENT_ARRAY,
          STACK_TRACE,
          CGROUP_ARRAY,
          ARRAY_OF_MAPS,
          HASH_OF_MAPS,
          DEVMAP,
          SOCKMAP,
          CPUMAP,
          XSKMAP,
          SOCKHASH,
          QUEUE,
          STACK,
          DEVMAP_HASH,
          ARENA ->
          true;
      case UNSPEC,
          HASH,
          ARRAY,
          PROG_ARRAY,
          PERCPU_HASH,
          PERCPU_ARRAY,
          LRU_HASH,
          LRU_PERCPU_HASH,
          LPM_TRIE,
          CGROUP_STORAGE,
          REUSEPORT_SOCKARRAY,
          PERCPU_CGROUP_STORAGE,
          SK_STORAGE,
          STRUCT_OPS,
          RINGBUF,
          INODE_STORAGE,
          TASK_STORAGE,
          BLOOM_FILTER,
          USER_RINGBUF,
          CGRP_STORAGE,
          INSN_ARRAY,
          RHASH ->
          false;
    };
  }
}

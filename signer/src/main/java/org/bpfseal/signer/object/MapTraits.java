// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.bpfseal.verifier.bpf.MapType;

/** What a map's type means for its definition; types are the kernel's numbers, known or not. */
public final class MapTraits {
  private static final Set<MapType> OF_MAPS =
      EnumSet.of(MapType.ARRAY_OF_MAPS, MapType.HASH_OF_MAPS);

  private static final Set<MapType> RING_BUFFERS =
      EnumSet.of(MapType.RINGBUF, MapType.USER_RINGBUF);

  /** Those for which libbpf 1.8 leaves the BTF ids of key and value out. */
  private static final Set<MapType> WITHOUT_TYPES =
      EnumSet.of(
          MapType.PERF_EVENT_ARRAY,
          MapType.STACK_TRACE,
          MapType.CGROUP_ARRAY,
          MapType.ARRAY_OF_MAPS,
          MapType.HASH_OF_MAPS,
          MapType.DEVMAP,
          MapType.SOCKMAP,
          MapType.CPUMAP,
          MapType.XSKMAP,
          MapType.SOCKHASH,
          MapType.QUEUE,
          MapType.STACK,
          MapType.DEVMAP_HASH,
          MapType.ARENA);

  private MapTraits() {}

  /** Whether values of that type are maps. */
  public static boolean isMapOfMaps(int type) {
    return in(OF_MAPS, type);
  }

  static boolean isRingBuffer(int type) {
    return in(RING_BUFFERS, type);
  }

  static boolean isWithoutTypes(int type) {
    return in(WITHOUT_TYPES, type);
  }

  /** The kernel's name of a type; a number that is newer than the list stays one. */
  public static String text(int type) {
    return type(type).map(MapType::text).orElse("type " + Integer.toUnsignedString(type));
  }

  private static boolean in(Set<MapType> types, int type) {
    return type(type).filter(types::contains).isPresent();
  }

  private static Optional<MapType> type(int type) {
    return MapType.of(Integer.toUnsignedLong(type));
  }
}

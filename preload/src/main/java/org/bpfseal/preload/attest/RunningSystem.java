// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.attest;

import java.util.List;
import java.util.Optional;

/**
 * What {@code bpfseal inventory} has found on a running machine. Whoever is root there could have
 * written it otherwise, so it is worth as much as the way it came.
 *
 * @param kernel its release
 * @param guard absent if no sealed guard answers
 * @param progs all BPF programs but the guard's
 * @param links all links
 * @param holds links that the guard knows
 * @param pins what is pinned in the view; none if the view is lost
 */
public record RunningSystem(
    String kernel,
    Optional<Guard> guard,
    List<Prog> progs,
    List<Link> links,
    List<KnownLink> holds,
    List<Pin> pins) {
  /** Copies the lists. */
  public RunningSystem {
    progs = List.copyOf(progs);
    links = List.copyOf(links);
    holds = List.copyOf(holds);
    pins = List.copyOf(pins);
  }

  /**
   * The sealed guard.
   *
   * @param carrier who looked at its signature; likewise of the manifest and the programs
   * @param version of the manifest
   * @param loads the load policy
   * @param nonce of this boot, 32 hex digits
   */
  public record Guard(
      String carrier,
      String manifestCarrier,
      String programsCarrier,
      long version,
      String loads,
      String nonce) {}

  /**
   * A BPF program.
   *
   * @param type number of {@code enum bpf_prog_type}
   * @param tag the kernel's digest of its instructions, 16 hex digits
   * @param name as the kernel has it; empty for none
   */
  public record Prog(long id, long type, String tag, String name) {}

  /**
   * A link.
   *
   * @param type number of {@code enum bpf_link_type}
   * @param prog its program's id, 0 for none
   */
  public record Link(long id, long type, long prog) {}

  /**
   * A link that the guard knows.
   *
   * @param state {@code held}, {@code released} or {@code own}
   * @param confirmable whether anybody may confirm its stop
   * @param name {@code PROGRAM/LINK}
   */
  public record KnownLink(long id, String state, boolean confirmable, String name) {}

  /**
   * A pin.
   *
   * @param map whether it is a map's; else a link's
   * @param name {@code PROGRAM/NAME}
   */
  public record Pin(boolean map, long id, String name) {}
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The words of a plan's link, as the manifest spells them. Kinds and keys are the manifest's:
 *
 * <pre>
 *   lsm   tracing   iter
 *   raw_tracepoint name=TRACEPOINT
 *   tracepoint category=CATEGORY name=TRACEPOINT
 *   kprobe func=FUNCTION [offset=N] [ret=1]
 *   kprobe_multi funcs=FUNCTION,FUNCTION [ret=1]
 *   xdp dev=INTERFACE [mode=generic|native]
 *   tcx dev=INTERFACE [attach_type=ingress|egress|N]
 *   cgroup [attach_type=N] path=/PATH
 *   netfilter pf=ipv4|ipv6|N hook=HOOK|N priority=N
 * </pre>
 *
 * <p>An attach type that isn't given is the one that the program was signed with. HOOK is {@code
 * pre_routing}, {@code local_in}, {@code forward}, {@code local_out} or {@code post_routing}.
 */
final class LinkWords {
  private static final Map<String, String> NUMBERS =
      Map.ofEntries(
          Map.entry("tcx attach_type=ingress", "attach_type=46"),
          Map.entry("tcx attach_type=egress", "attach_type=47"),
          Map.entry("netfilter pf=ipv4", "pf=2"),
          Map.entry("netfilter pf=ipv6", "pf=10"),
          Map.entry("netfilter hook=pre_routing", "hook=0"),
          Map.entry("netfilter hook=local_in", "hook=1"),
          Map.entry("netfilter hook=forward", "hook=2"),
          Map.entry("netfilter hook=local_out", "hook=3"),
          Map.entry("netfilter hook=post_routing", "hook=4"));

  private LinkWords() {}

  /**
   * The manifest's words.
   *
   * @param attachType the prog's own
   */
  static List<String> of(List<String> words, long attachType) {
    String kind = words.getFirst();
    List<String> spelled = new ArrayList<>();
    for (String word : words) {
      spelled.add(NUMBERS.getOrDefault(kind + " " + word, word));
    }
    boolean given = words.stream().anyMatch(word -> word.startsWith("attach_type="));
    if (!given && kind.equals("cgroup")) {
      spelled.add(1, "attach_type=" + attachType);
    } else if (!given && kind.equals("tcx")) {
      spelled.add("attach_type=" + attachType);
    }
    return spelled;
  }
}

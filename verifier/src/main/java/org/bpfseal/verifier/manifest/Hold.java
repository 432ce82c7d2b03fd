// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import java.util.List;

/**
 * A link's stop-on-confirm: it stays until a token for it has been confirmed.
 *
 * @param confirmers file names of the guard's confirm lines whose keys may confirm, in the order of
 *     those lines; empty for nobody
 * @param bestEffort whether the link ends with its device or cgroup all the same; so it is for
 *     {@link LinkTarget#endsWithItsTarget()} and no other
 */
public record Hold(List<String> confirmers, boolean bestEffort) {
  /** Copies the list. */
  public Hold {
    confirmers = List.copyOf(confirmers);
  }
}

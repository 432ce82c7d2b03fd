// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

/** Whether the caller may replace what was signed; a loader without maps shows neither. */
enum Replaceable {
  UNKNOWN,
  NO,
  YES
}

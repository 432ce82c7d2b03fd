// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.archive;

import org.bpfseal.verifier.bytes.Bytes;

/**
 * An initramfs as no tool would write it.
 *
 * @param number it has in its row, from 1
 * @param what in words, what was made
 * @param bytes with the program {@code lister} somewhere in it, which lists what was unpacked
 */
record OddArchive(int number, String what, Bytes bytes) {}

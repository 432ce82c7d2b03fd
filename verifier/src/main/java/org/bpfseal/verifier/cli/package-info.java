// SPDX-License-Identifier: Apache-2.0
/**
 * The command {@code bpf-verify}, and what the three commands have in common: exit codes, messages,
 * files.
 */
@NullMarked
package org.bpfseal.verifier.cli;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** The kernel's numbers and names of BPF types. */
@NullMarked
package org.bpfseal.verifier.bpf;

import org.jspecify.annotations.NullMarked;

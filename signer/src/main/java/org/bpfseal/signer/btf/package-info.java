// SPDX-License-Identifier: Apache-2.0
/** BPF Type Format: the sections {@code .BTF} and {@code .BTF.ext}. */
@NullMarked
package org.bpfseal.signer.btf;

import org.jspecify.annotations.NullMarked;

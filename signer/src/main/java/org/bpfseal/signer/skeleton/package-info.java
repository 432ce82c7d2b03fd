// SPDX-License-Identifier: Apache-2.0
/** Light skeletons: a loader program and the blob that it works on, made of a parsed object. */
@NullMarked
package org.bpfseal.signer.skeleton;

import org.jspecify.annotations.NullMarked;

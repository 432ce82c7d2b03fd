// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import org.bpfseal.signer.object.BpfFunction;

/**
 * One program that a skeleton loads.
 *
 * @param program as the object has it
 * @param instructions with those of its subprograms
 * @param coreRecords how many of them the kernel adapts to its own types
 */
public record LoadedProgram(BpfFunction program, int instructions, int coreRecords) {}

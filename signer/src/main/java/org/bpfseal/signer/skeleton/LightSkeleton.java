// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import java.util.List;
import org.bpfseal.signer.object.BpfObject;
import org.bpfseal.signer.object.ObjectRefusedException;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * A light skeleton: one blob, and the instructions that load an object's maps and programs from it
 * inside the kernel.
 *
 * <p>A pure function of the object: byte for byte what bpftool 7.8.0 generates, except where that
 * reads the machine it runs on (see {@link org.bpfseal.signer.object.TargetOptions}).
 */
public final class LightSkeleton {
  private final BlobLayout layout;

  private LightSkeleton(BlobLayout layout) {
    this.layout = layout;
  }

  /**
   * Makes the skeleton of an object.
   *
   * @throws FormatException if its types contradict themselves
   * @throws ObjectRefusedException if it doesn't fit into one
   */
  public static LightSkeleton of(BpfObject object) throws FormatException, ObjectRefusedException {
    return new LightSkeleton(BlobWriter.write(object));
  }

  /** The programs in the order in which they are loaded. */
  public List<LoadedProgram> programs() {
    return layout.programs().stream().map(BlobLayout.ProgramPart::loaded).toList();
  }

  /** The blob, which all forms share. */
  public Bytes data() {
    return layout.data();
  }

  /**
   * The loader's instructions, 8 bytes each, in the object's byte order.
   *
   * @throws ObjectRefusedException if there are too many
   */
  public Bytes insns(LoaderForm form) throws ObjectRefusedException {
    return LoaderWriter.write(layout, form);
  }
}

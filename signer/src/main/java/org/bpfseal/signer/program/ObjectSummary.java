// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.signer.object.BpfFunction;
import org.bpfseal.signer.object.BpfObject;
import org.bpfseal.signer.object.ObjectRefusedException;
import org.bpfseal.signer.skeleton.LightSkeleton;
import org.bpfseal.signer.skeleton.LoadedProgram;
import org.bpfseal.signer.skeleton.LoaderForm;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.program.Generation;

/**
 * What would be signed of an object, for people to read before they sign.
 *
 * @param programs that are loaded, in order
 * @param leftOut programs that begin with {@code ?}
 * @param data the blob
 * @param forms newest first
 * @param alone whether its program can be signed without a loader
 * @param needs what the target must have, and which values were fixed for it
 * @param warnings what the signer should know
 */
public record ObjectSummary(
    BpfObject object,
    List<LoadedProgram> programs,
    List<BpfFunction> leftOut,
    Bytes data,
    List<Form> forms,
    Alone alone,
    List<String> needs,
    List<String> warnings) {
  /** Copies the lists. */
  public ObjectSummary {
    programs = List.copyOf(programs);
    leftOut = List.copyOf(leftOut);
    forms = List.copyOf(forms);
    needs = List.copyOf(needs);
    warnings = List.copyOf(warnings);
  }

  /** The loader of one generation. */
  public record Form(Generation generation, Bytes insns) {
    /** SHA-256 of the instructions: only a program with this hash may use the blob's map. */
    public Bytes exclusiveHash() {
      return DigestAlgorithm.SHA_256.digest(insns);
    }
  }

  /**
   * What {@code --as program} would make of it.
   *
   * @param generations that it can be signed for
   * @param obstacle why there are none; else empty
   */
  public record Alone(List<Generation> generations, String obstacle) {
    /** Copies the list. */
    public Alone {
      generations = List.copyOf(generations);
    }

    static Alone of(BpfObject object, List<Generation> generations) throws FormatException {
      try {
        DirectProgram program = DirectProgram.of("", object, generations, false, Optional.empty());
        return new Alone(program.generations(), "");
      } catch (ObjectRefusedException e) {
        return new Alone(List.of(), String.valueOf(e.getMessage()));
      }
    }
  }

  /**
   * Generates everything that would be signed.
   *
   * @throws ObjectRefusedException if no signed program can be made of the object
   */
  public static ObjectSummary of(BpfObject object, List<Generation> generations)
      throws FormatException, ObjectRefusedException {
    LightSkeleton skeleton = LightSkeleton.of(object);
    List<Form> forms = new ArrayList<>();
    for (Generation generation : generations) {
      Bytes insns = skeleton.insns(LoaderForm.of(generation));
      LoaderProgram.checkPayload(generation, insns, skeleton.data());
      forms.add(new Form(generation, insns));
    }
    return new ObjectSummary(
        object,
        skeleton.programs(),
        object.functions().functions().stream().filter(BpfFunction::optional).toList(),
        skeleton.data(),
        forms,
        Alone.of(object, generations),
        Needs.of(object),
        LoaderProgram.warningsAbout(object));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.signer.SignableUnit;
import org.bpfseal.signer.Signature;
import org.bpfseal.signer.object.BpfFunction;
import org.bpfseal.signer.object.BpfObject;
import org.bpfseal.signer.object.ObjectLimits;
import org.bpfseal.signer.object.ObjectRefusedException;
import org.bpfseal.signer.skeleton.LightSkeleton;
import org.bpfseal.signer.skeleton.LoaderForm;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;

/**
 * A loader before it is signed: one part for each generation of kernels, and a signed program as
 * output.
 */
public final class LoaderProgram implements SignableUnit {
  private final String name;
  private final Bytes data;
  private final List<Loader> loaders;
  private final Optional<Bytes> object;
  private final List<String> warnings;

  /** The instructions for one generation. */
  private record Loader(Generation generation, Bytes insns) {}

  private LoaderProgram(
      String name,
      Bytes data,
      List<Loader> loaders,
      Optional<Bytes> object,
      List<String> warnings) {
    this.name = name;
    this.data = data;
    this.loaders = List.copyOf(loaders);
    this.object = object;
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Generates the loaders of an object.
   *
   * @param name that was given to the object's reader
   * @param generations newest first
   * @param kept the object file, if the signed program shall hold it
   * @throws ObjectRefusedException if it doesn't fit into a light skeleton
   */
  public static LoaderProgram of(
      String name, BpfObject object, List<Generation> generations, Optional<Bytes> kept)
      throws FormatException, ObjectRefusedException {
    LightSkeleton skeleton = LightSkeleton.of(object);
    List<Loader> loaders = new ArrayList<>();
    for (Generation generation : generations) {
      Bytes insns = skeleton.insns(LoaderForm.of(generation));
      checkPayload(generation, insns, skeleton.data());
      loaders.add(new Loader(generation, insns));
    }
    return new LoaderProgram(name, skeleton.data(), loaders, kept, warningsAbout(object));
  }

  /**
   * What is generated all the same, as bpftool does, and of no use: a loader keeps its programs'
   * descriptors in 32 slots of its stack, and its cleanup walks over one for each function,
   * subprograms included, so with more the kernel's BPF verifier refuses it.
   */
  static List<String> warningsAbout(BpfObject object) {
    List<BpfFunction> functions = object.functions().functions();
    List<String> warnings = new ArrayList<>();
    if (functions.stream().noneMatch(BpfFunction::isLoaded)) {
      warnings.add("it has no program to load, only maps");
    }
    if (functions.size() > ObjectLimits.MOST_PROGRAMS) {
      warnings.add(
          "no kernel will load it: it has %d programs and subprograms, a loader holds %d"
              .formatted(functions.size(), ObjectLimits.MOST_PROGRAMS));
    }
    return warnings;
  }

  /** Refuses what kernel 7.3 doesn't check because it is too large. */
  static void checkPayload(Generation generation, Bytes insns, Bytes data)
      throws ObjectRefusedException {
    if (generation == Generation.V7_3
        && insns.size() > ObjectLimits.LARGEST_PAYLOAD - data.size()) {
      throw ObjectLimits.unchecked();
    }
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public List<Part> parts() {
    return loaders.stream().map(this::part).toList();
  }

  private Part part(Loader loader) {
    String covers =
        switch (loader.generation()) {
          case V7_3 -> "loader instructions and blob, for kernel 7.3 and later";
          case V6_18 -> "loader instructions, for kernels 6.18 to 7.2";
        };
    return new Part(
        loader.generation().id(), covers, loader.generation().payload(loader.insns(), data));
  }

  @Override
  public Bytes complete(List<Signature> signatures) {
    List<SignedForm> forms = new ArrayList<>();
    for (int i = 0; i < loaders.size(); i++) {
      Loader loader = loaders.get(i);
      forms.add(new SignedForm(loader.generation(), loader.insns(), signatures.get(i).der()));
    }
    return SignedProgramWriter.write(new SignedProgram(name, data, forms, object));
  }
}

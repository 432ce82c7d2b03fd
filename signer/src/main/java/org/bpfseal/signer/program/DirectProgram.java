// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.bpfseal.signer.SignableUnit;
import org.bpfseal.signer.Signature;
import org.bpfseal.signer.object.BpfFunction;
import org.bpfseal.signer.object.BpfObject;
import org.bpfseal.signer.object.ObjectRefusedException;
import org.bpfseal.signer.object.SectionKind;
import org.bpfseal.signer.skeleton.BareProgram;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.program.DirectLoad;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;

/**
 * A program that needs no loader, before it is signed. The forms for both generations have the same
 * instructions; with a data section there is none for 6.18 to 7.2, where nothing would cover it.
 */
public final class DirectProgram implements SignableUnit {
  private static final int SLEEPABLE = 0x10;
  private static final int FRAGMENTS = 0x20;
  private static final int READ_ONLY = 0x80;
  private static final Predicate<String> LICENSE =
      Pattern.compile("[ -~]{0,63}").asMatchPredicate();

  private final String name;
  private final BareProgram bare;
  private final DirectLoad load;
  private final List<Generation> generations;
  private final Optional<Bytes> object;

  private DirectProgram(
      String name,
      BareProgram bare,
      DirectLoad load,
      List<Generation> generations,
      Optional<Bytes> object) {
    this.name = name;
    this.bare = bare;
    this.load = load;
    this.generations = List.copyOf(generations);
    this.object = object;
  }

  /**
   * Links the one program of an object.
   *
   * @param generations newest first
   * @param chosen whether somebody asked for just these: else those are left out that can't be
   * @param kept the object file, if the signed program shall hold it
   * @throws ObjectRefusedException if it needs a loader
   */
  public static DirectProgram of(
      String name,
      BpfObject object,
      List<Generation> generations,
      boolean chosen,
      Optional<Bytes> kept)
      throws FormatException, ObjectRefusedException {
    BareProgram bare = BareProgram.of(object);
    boolean uncovered = !bare.data().isEmpty() && generations.contains(Generation.V6_18);
    if (uncovered && (chosen || generations.size() == 1)) {
      throw ObjectRefusedException.ofSection(
          object.maps().get(bare.map()).section(),
          "would be covered by no signature on kernels 6.18 to 7.2",
          "sign it --for 7.3, or with --as loader");
    }
    List<Generation> possible = uncovered ? List.of(Generation.V7_3) : generations;
    if (possible.contains(Generation.V7_3)) {
      LoaderProgram.checkPayload(Generation.V7_3, bare.insns(), bare.data());
    }
    return new DirectProgram(name, bare, load(object, bare), possible, kept);
  }

  private static DirectLoad load(BpfObject object, BareProgram bare) throws ObjectRefusedException {
    BpfFunction program = bare.program();
    SectionKind kind = program.kind().orElseThrow();
    if (!LICENSE.test(object.license())) {
      throw ObjectRefusedException.ofSection("license", "is no printable ASCII", "");
    }
    Optional<String> target =
        kind.needsTarget()
            ? program.target().map(text -> kind.targetPrefix() + text)
            : Optional.empty();
    long mapFlags =
        bare.data().isEmpty() ? 0 : object.maps().get(bare.map()).definition().flags() & READ_ONLY;
    return new DirectLoad(
        program.name(),
        kind.type(),
        kind.attachType(),
        (kind.sleepable() ? SLEEPABLE : 0) | (kind.fragments() ? FRAGMENTS : 0),
        mapFlags,
        target,
        object.license());
  }

  /** Those that it is for, newest first. */
  List<Generation> generations() {
    return generations;
  }

  @Override
  public List<String> warnings() {
    return List.of(
        "the signature doesn't cover its type (%s), attach point, flags and license"
            .formatted(load.type().text()));
  }

  @Override
  public List<Part> parts() {
    String covers = bare.data().isEmpty() ? "instructions" : "instructions and its data section";
    return generations.stream()
        .map(
            generation ->
                new Part(generation.id(), covers, generation.payload(bare.insns(), bare.data())))
        .toList();
  }

  @Override
  public Bytes complete(List<Signature> signatures) {
    List<SignedForm> forms = new ArrayList<>();
    for (int i = 0; i < generations.size(); i++) {
      forms.add(new SignedForm(generations.get(i), bare.insns(), signatures.get(i).der()));
    }
    return SignedProgramWriter.write(
        new SignedProgram(name, bare.data(), Optional.of(load), forms, object));
  }
}

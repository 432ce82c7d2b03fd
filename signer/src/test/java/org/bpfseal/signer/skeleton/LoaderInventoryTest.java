// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.signer.object.BpfFunction;
import org.bpfseal.signer.object.BpfMap;
import org.bpfseal.signer.object.BpfObject;
import org.bpfseal.signer.object.BpfObjectReader;
import org.bpfseal.signer.object.MapDefinition;
import org.bpfseal.signer.object.SectionKind;
import org.bpfseal.signer.object.TargetOptions;
import org.bpfseal.testing.ObjectVector;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.loader.Inventory;
import org.bpfseal.verifier.loader.LoadedMap;
import org.bpfseal.verifier.loader.LoaderReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the verifier reads out of a loader is what was parsed out of its object, in every form. */
class LoaderInventoryTest {
  private static final int NAME_MOST = 15;

  static List<ObjectVector> vectors() {
    return ObjectVector.all();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void everyFormMakesWhatTheObjectHas(ObjectVector vector) throws Exception {
    Bytes file = Bytes.owning(Files.readAllBytes(vector.object()));
    BpfObject object = BpfObjectReader.read(file, vector.name(), TargetOptions.DEFAULT);
    LightSkeleton skeleton = LightSkeleton.of(object);
    for (LoaderForm form : LoaderForm.values()) {
      Inventory inventory = LoaderReader.read(skeleton.insns(form), skeleton.data());
      assertThat(id(inventory.form())).isIn(ids(form, object));
      assertThat(inventory.order()).isEqualTo(object.order());
      assertThat(inventory.blobMatches()).isTrue();
      assertThat(inventory.blobDigest().isPresent()).isEqualTo(form.checksBlob());
      assertThat(inventory.btf().isEmpty()).isEqualTo(object.btf().isEmpty());
      assertThat(inventory.maps().stream().map(LoaderInventoryTest::text).toList())
          .isEqualTo(object.maps().stream().map(LoaderInventoryTest::text).toList());
      assertThat(inventory.programs().stream().map(LoaderInventoryTest::text).toList())
          .isEqualTo(
              skeleton.programs().stream().map(each -> text(each, object.license())).toList());
    }
  }

  private static String id(org.bpfseal.verifier.loader.LoaderForm form) {
    return form.id();
  }

  /** Without maps there is nothing that a caller could replace. */
  private static List<String> ids(LoaderForm form, BpfObject object) {
    return switch (form) {
      case UNSIGNED -> object.maps().isEmpty() ? List.of("D") : List.of("unsigned");
      case SIGNED -> List.of("D");
      case SIGNED_SELF_CHECKING -> List.of("B2");
    };
  }

  private static String text(LoadedMap map) {
    return text(map.definition())
        + map.inner().map(inner -> " of " + text(inner)).orElse("")
        + (map.frozen() ? " frozen" : "")
        + map.slots().stream().map(slot -> slot.key() + ":" + slot.map()).toList();
  }

  private static String text(org.bpfseal.verifier.loader.MapDefinition map) {
    return "%s %d %d %d %d %x %d %x"
        .formatted(
            map.name(),
            map.type().number(),
            map.keySize(),
            map.valueSize(),
            map.maxEntries(),
            map.flags(),
            map.numaNode(),
            map.extra());
  }

  private static String text(BpfMap map) {
    return text(map.definition())
        + map.inner().map(inner -> " of " + text(inner)).orElse("")
        + (map.content().map(BpfMap.Content::frozen).orElse(false) ? " frozen" : "")
        + map.slots().stream().map(slot -> slot.slot() + ":" + slot.map()).toList();
  }

  private static String text(MapDefinition map) {
    return "%s %d %d %d %d %x %d %x"
        .formatted(
            cut(map.name()),
            map.type(),
            Integer.toUnsignedLong(map.keySize()),
            Integer.toUnsignedLong(map.valueSize()),
            Integer.toUnsignedLong(map.maxEntries()),
            Integer.toUnsignedLong(map.flags()),
            Integer.toUnsignedLong(map.numaNode()),
            map.mapExtra());
  }

  private static List<Object> text(org.bpfseal.verifier.loader.LoadedProgram program) {
    return values(
        program.name(),
        program.type(),
        program.attachType(),
        program.isSleepable(),
        program.target().map(target -> target.name() + " " + target.kind().number()),
        program.license(),
        program.insnCount(),
        program.relocations());
  }

  private static List<Object> text(LoadedProgram program, String license) {
    BpfFunction function = program.program();
    SectionKind kind = function.kind().orElseThrow();
    Optional<String> target =
        kind.needsTarget()
            ? function
                .target()
                .map(name -> kind.targetPrefix() + name + (kind.isTargetTypedef() ? " 8" : " 12"))
            : Optional.empty();
    return values(
        cut(function.name()),
        kind.type(),
        (long) kind.attachType(),
        kind.sleepable(),
        target,
        license,
        program.instructions(),
        (long) program.coreRecords());
  }

  private static List<Object> values(Object... values) {
    return new ArrayList<>(List.of(values));
  }

  private static String cut(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return new String(bytes, 0, Math.min(bytes.length, NAME_MOST), StandardCharsets.UTF_8);
  }
}

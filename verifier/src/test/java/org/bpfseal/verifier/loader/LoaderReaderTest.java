// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.bpfseal.testing.Lab;
import org.bpfseal.testing.SignedVector;
import org.bpfseal.verifier.bpf.ProgramType;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** On bpftool's loader of a socket filter; the signer's tests read all objects' loaders. */
class LoaderReaderTest {
  /** The check is right behind the cleanup: 7 + 3 · 3 + 2 instructions. */
  private static final int CHECK = 18;

  private static final int CHECK_INSNS = 28;
  private static final int PER_WORD = 7;
  private static final int INSN = 8;

  private static Bytes data = Bytes.EMPTY;
  private static Bytes formD = Bytes.EMPTY;
  private static Bytes formB2 = Bytes.EMPTY;

  @BeforeAll
  static void readVector() throws Exception {
    SignedProgram program = vector("good.bpfs");
    data = program.data();
    formD = program.form(Generation.V7_3).map(SignedForm::insns).orElseThrow();
    formB2 = program.form(Generation.V6_18).map(SignedForm::insns).orElseThrow();
  }

  private static SignedProgram vector(String name) throws Exception {
    return SignedProgramReader.read(
        Bytes.owning(Files.readAllBytes(Lab.vectors().resolve("signed/programs").resolve(name))));
  }

  @Test
  void listsWhatTheLoaderMakes() throws Exception {
    Inventory inventory = LoaderReader.read(formD, data);
    assertThat(inventory.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(inventory.form()).isEqualTo(LoaderForm.D);
    assertThat(inventory.blobDigest()).isEmpty();
    assertThat(inventory.btf().u16(0, ByteOrder.LITTLE_ENDIAN)).isEqualTo(0xeb9f);
    assertThat(inventory.maps()).isEmpty();
    assertThat(inventory.programs()).hasSize(1);
    LoadedProgram program = inventory.programs().getFirst();
    assertThat(program.name()).isEqualTo("pass_whole_pack");
    assertThat(program.type()).isEqualTo(ProgramType.SOCKET_FILTER);
    assertThat(program.license()).isEqualTo("Dual BSD/GPL");
    assertThat(program.target()).isEmpty();
    assertThat(program.isSleepable()).isFalse();
    assertThat(program.functions()).isEqualTo(1);
    assertThat(program.relocations()).isZero();
    assertThat(program.externs()).isEmpty();
  }

  @Test
  void theCheckIsAllThatDiffersIn6Point18() throws Exception {
    Inventory inventory = LoaderReader.read(formB2, data);
    assertThat(inventory.form()).isEqualTo(LoaderForm.B2);
    assertThat(inventory.blobMatches()).isTrue();
    assertThat(inventory.programs()).isEqualTo(LoaderReader.read(formD, data).programs());
  }

  @Test
  void saysThatTheBlobIsAnother() throws Exception {
    SignedProgram changed = vector("data-bit.bpfs");
    Bytes insns = changed.form(Generation.V6_18).map(SignedForm::insns).orElseThrow();
    Inventory inventory = LoaderReader.read(insns, changed.data());
    assertThat(inventory.blobMatches()).isFalse();
    assertThat(inventory.blobDigest()).isEqualTo(LoaderReader.read(formB2, data).blobDigest());
  }

  static List<SignedVector> all() {
    return SignedVector.all().stream()
        .filter(vector -> !vector.verdicts().containsValue(SignedVector.FORMAT))
        .toList();
  }

  /**
   * A program that is signed without one is none; only a changed instruction makes a loader
   * unreadable; a signature is no part of it.
   */
  @ParameterizedTest
  @MethodSource("all")
  void readsAllVectors(SignedVector vector) throws Exception {
    SignedProgram program = vector(vector.toString());
    for (SignedForm form : program.forms()) {
      if (program.direct().isPresent() || vector.toString().equals("insns-bit.bpfs")) {
        assertThatExceptionOfType(FormatException.class)
            .isThrownBy(() -> LoaderReader.read(form.insns(), program.data()));
      } else {
        assertThat(LoaderReader.read(form.insns(), program.data()).programs()).hasSize(1);
      }
    }
  }

  /** No bit of the instructions is without meaning: each one changed is refused. */
  @Test
  void refusesEachChangedBit() {
    byte[] insns = formB2.toArray();
    for (int bit = 0; bit < insns.length * 8; bit++) {
      int index = bit / 8 / INSN;
      boolean constant =
          index >= CHECK
              && index < CHECK + CHECK_INSNS
              && (index - CHECK) % PER_WORD >= 3
              && (index - CHECK) % PER_WORD <= 4
              && bit / 8 % INSN >= 4;
      insns[bit / 8] ^= (byte) (1 << bit % 8);
      Bytes changed = Bytes.of(insns);
      if (constant) {
        assertThat(read(changed).map(Inventory::blobMatches)).as("bit %d", bit).contains(false);
      } else {
        assertThat(read(changed)).as("bit %d", bit).isEmpty();
      }
      insns[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  private static Optional<Inventory> read(Bytes insns) {
    try {
      return Optional.of(LoaderReader.read(insns, data));
    } catch (FormatException e) {
      return Optional.empty();
    }
  }

  /** The older generations' checks, made of the newest one's. */
  @Test
  void recognisesFormA() throws Exception {
    byte[] insns = formB2.toArray();
    for (int k = 0; k < 4; k++) {
      insns[(CHECK + k * PER_WORD + 6) * INSN + 2]++;
    }
    assertThat(LoaderReader.read(Bytes.owning(insns), data).form()).isEqualTo(LoaderForm.A);
  }

  @Test
  void recognisesFormC() throws Exception {
    // r1 = map; r2 = *(u32 *)(r1 + 32); r7 = -22; to the cleanup if r2 != 1
    Bytes marker =
        Bytes.hex(
            "18510000000000000000000000000000"
                + "6112200000000000b7070000eaffffff5502f0ff01000000");
    byte[] check = formB2.slice(CHECK * INSN, (CHECK + CHECK_INSNS) * INSN).toArray();
    for (int k = 0; k < 4; k++) {
      shorten(check, k * PER_WORD + 6);
    }
    byte[] rest = formB2.from((CHECK + CHECK_INSNS) * INSN).toArray();
    for (int i = 0; i < rest.length; i += INSN) {
      if ((rest[i] & 0xff) == Op.JSLT_IMM) {
        shorten(rest, i / INSN);
      }
    }
    Bytes insns =
        Bytes.concat(
            formB2.slice(0, CHECK * INSN), marker, Bytes.owning(check), Bytes.owning(rest));
    assertThat(LoaderReader.read(insns, data).form()).isEqualTo(LoaderForm.C);
  }

  /** The five instructions in front move each jump to the cleanup away from it. */
  private static void shorten(byte[] insns, int index) {
    int at = index * INSN + 2;
    int off = Bytes.of(insns).u16(at, ByteOrder.LITTLE_ENDIAN) - 5;
    insns[at] = (byte) off;
    insns[at + 1] = (byte) (off >> 8);
  }

  /** What the inventory doesn't list must be 0, and items follow each other. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, blob: fd array at byte 0",
    "1279, 1, blob: fd array at byte 1279",
    "-60, 1, blob: program 0",
    "-104, 1, blob: program 0",
    "-1, 1, blob: program 0",
  })
  void refusesFieldsThatAreNotListed(int at, byte value, String message) {
    byte[] changed = data.toArray();
    changed[at < 0 ? changed.length + at : at] = value;
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> LoaderReader.read(formD, Bytes.owning(changed)))
        .withMessageStartingWith(message);
  }

  @Test
  void refusesABlobThatEndsEarlyOrLate() {
    for (int size : new int[] {0, 1279, 1280, data.size() - 8, data.size() - 1}) {
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(() -> LoaderReader.read(formD, data.slice(0, size)));
    }
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> LoaderReader.read(formD, Bytes.concat(data, Bytes.of(new byte[8]))))
        .withMessageStartingWith("blob: end at byte " + data.size());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 7", "9, 9"})
  void refusesPartsOfInstructions(int from, int size) {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> LoaderReader.read(formD.slice(from, from + size), data))
        .withMessageContaining("whole instructions");
  }
}

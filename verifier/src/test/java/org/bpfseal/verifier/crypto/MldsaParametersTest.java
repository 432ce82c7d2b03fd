// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which signatures can be decoded: FIPS 204, algorithms 21 and 27, tables 1 and 2. */
class MldsaParametersTest {
  private static final int COEFFICIENTS = 256;

  /** One column of FIPS 204's tables. */
  private record Column(
      MldsaParameters set,
      int size,
      int challenge,
      int k,
      int l,
      int gamma1Bits,
      int beta,
      int omega) {
    int bits() {
      return gamma1Bits + 1;
    }

    int hintAt() {
      return challenge + l * COEFFICIENTS * bits() / 8;
    }

    /** The largest absolute value that is too small to be refused, and one: gamma1 - beta. */
    int bound() {
      return (1 << gamma1Bits) - beta;
    }
  }

  private static final List<Column> COLUMNS =
      List.of(
          new Column(MldsaParameters.MLDSA_44, 2420, 32, 4, 4, 17, 78, 80),
          new Column(MldsaParameters.MLDSA_65, 3309, 48, 6, 5, 19, 196, 55),
          new Column(MldsaParameters.MLDSA_87, 4627, 64, 8, 7, 19, 120, 75));

  /**
   * A signature and what of it can't be decoded.
   *
   * @param problem empty where all can be
   */
  record Row(MldsaParameters set, String name, Bytes signature, String problem) {
    @Override
    public String toString() {
      return set + ", " + name;
    }
  }

  static Stream<Row> rows() {
    return COLUMNS.stream()
        .flatMap(column -> Stream.of(lengths(column), coefficients(column), hints(column)))
        .flatMap(List::stream);
  }

  private static List<Row> lengths(Column column) {
    byte[] zero = signature(column, 0, 0);
    String shorter = "it has %d bytes, not %d".formatted(column.size - 1, column.size);
    String longer = "it has %d bytes, not %d".formatted(column.size + 1, column.size);
    Bytes whole = Bytes.of(zero);
    return List.of(
        new Row(column.set, "zero", whole, ""),
        new Row(column.set, "short", whole.from(1), shorter),
        new Row(column.set, "long", Bytes.concat(whole, Bytes.of((byte) 0)), longer));
  }

  private static List<Row> coefficients(Column column) {
    int last = column.l * COEFFICIENTS - 1;
    int bound = column.bound();
    String problem = "a coefficient is out of range";
    return List.of(
        row(column, "first at the bound", 0, bound, problem),
        row(column, "first below it", 0, bound - 1, ""),
        row(column, "first at the lower bound", 0, -bound, problem),
        row(column, "first above it", 0, 1 - bound, ""),
        row(column, "second at the bound", 1, bound, problem),
        row(column, "one in the middle", 300, bound, problem),
        row(column, "last at the bound", last, bound, problem),
        row(column, "last at the lower bound", last, -bound, problem),
        row(column, "last below it", last, bound - 1, ""),
        row(column, "largest", 7, 1 << column.gamma1Bits, problem));
  }

  private static Row row(Column column, String name, int index, int z, String problem) {
    return new Row(column.set, name, Bytes.of(signature(column, index, z)), problem);
  }

  /** A signature of zeros but for one coefficient, which is kept as gamma1 less its value. */
  private static byte[] signature(Column column, int index, int z) {
    BigInteger packed = BigInteger.ZERO;
    for (int i = column.l * COEFFICIENTS - 1; i >= 0; i--) {
      int value = (1 << column.gamma1Bits) - (i == index ? z : 0);
      packed = packed.shiftLeft(column.bits()).or(BigInteger.valueOf(value));
    }
    byte[] all = new byte[column.size];
    byte[] big = packed.toByteArray();
    for (int i = 0; i < big.length && column.challenge + i < column.hintAt(); i++) {
      all[column.challenge + i] = big[big.length - 1 - i];
    }
    return all;
  }

  private static List<Row> hints(Column column) {
    int omega = column.omega;
    int[] all = new int[omega];
    for (int i = 0; i < omega; i++) {
      all[i] = i;
    }
    int[] more = all.clone();
    more[omega - 1] = more[omega - 2];
    int[] lastOnly = new int[omega];
    lastOnly[omega - 1] = 1;
    return List.of(
        hint(column, "none", true, new int[] {}, 0, 0, 0),
        hint(column, "position 0", true, new int[] {0}, 1, 1, 1),
        hint(column, "last position", true, new int[] {255}, 1, 1, 1),
        hint(column, "two rising", true, new int[] {3, 4}, 2, 2, 2),
        hint(column, "two equal", false, new int[] {4, 4}, 2, 2, 2),
        hint(column, "two falling", false, new int[] {4, 3}, 2, 2, 2),
        hint(column, "third falls", false, new int[] {3, 4, 2}, 3, 3, 3),
        hint(column, "equal in two polynomials", true, new int[] {4, 4}, 1, 2, 2),
        hint(column, "in the second alone", true, new int[] {4}, 0, 1, 1),
        hint(column, "counts fall", false, new int[] {4, 5}, 2, 1, 1),
        hint(column, "as many as there may be", true, all, omega, omega, omega),
        hint(column, "one more", false, all, omega + 1, omega + 1, omega + 1),
        hint(column, "last of all is equal", false, more, omega, omega, omega),
        hint(column, "left over, first", false, new int[] {4}, 0, 0, 0),
        hint(column, "left over, second", false, new int[] {4, 5}, 1, 1, 1),
        hint(column, "left over, last", false, lastOnly, 0, 0, 0),
        hint(column, "last count falls", false, new int[] {4}, 1, 1, 0));
  }

  /** The counts of the first two polynomials and of all others. */
  private static Row hint(
      Column column, String name, boolean good, int[] positions, int first, int second, int rest) {
    byte[] signature = signature(column, 0, 0);
    for (int i = 0; i < positions.length; i++) {
      signature[column.hintAt() + i] = (byte) positions[i];
    }
    for (int i = 0; i < column.k; i++) {
      int count = i == 0 ? first : i == 1 ? second : rest;
      signature[column.hintAt() + column.omega + i] = (byte) count;
    }
    String problem = good ? "" : "the hint is not in order";
    return new Row(column.set, "hint: " + name, Bytes.of(signature), problem);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void decodes(Row row) {
    if (row.problem().isEmpty()) {
      assertThatCode(() -> row.set().requireDecodable(value(row))).doesNotThrowAnyException();
    } else {
      Refusal refusal =
          catchThrowableOfType(Refusal.class, () -> row.set().requireDecodable(value(row)));
      assertThat(refusal.finding().check()).isEqualTo(Check.MLDSA_ENCODING);
      assertThat(refusal.finding().values()).containsExactly(row.problem());
    }
  }

  private static SignedValue value(Row row) {
    Optional<Bytes> message = Optional.of(Bytes.EMPTY);
    return new SignedValue(
        SignatureScheme.MLDSA_44,
        Optional.empty(),
        message,
        row.signature(),
        KeyStrengthTest.PLACE);
  }
}

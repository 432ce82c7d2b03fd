// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.Optional;
import org.bpfseal.signer.btf.Btf;
import org.bpfseal.signer.btf.BtfKind;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * A variable in {@code .kconfig}.
 *
 * @param type BTF id of its VAR
 * @param size in bytes
 * @param alignment in bytes: of an array, its element's
 */
record ConfigVariable(
    String name, boolean weak, int type, Shape shape, boolean signed, long size, long alignment) {
  /** What can be stored in a variable. */
  enum Shape {
    BOOLEAN,
    TRISTATE,
    NUMBER,
    CHARACTER,
    TEXT
  }

  private static final int SIGNED = 1;
  private static final int BOOLEAN_ENCODING = 4;
  private static final int POINTER = 8;

  static ConfigVariable of(Btf btf, ExternReader.Declared extern)
      throws FormatException, ObjectRefusedException {
    int type = btf.unmodified(btf.sizeOrType(extern.type()));
    boolean text = btf.kind(type) == BtfKind.ARRAY;
    int element = text ? btf.unmodified(btf.arrayElement(type)) : type;
    Optional<Shape> shape = shape(btf, element);
    long size = btf.size(type);
    if (text) {
      shape = shape.filter(found -> found == Shape.CHARACTER && size > 0).map(found -> Shape.TEXT);
    }
    boolean signed = btf.kind(element) == BtfKind.INT && (btf.intEncoding(element) & SIGNED) != 0;
    long alignment = Math.min(POINTER, btf.size(element));
    return new ConfigVariable(
        extern.name(),
        extern.symbol().isWeak(),
        extern.type(),
        shape.orElseThrow(
            () ->
                ObjectRefusedException.ofSymbol(
                    ExternReader.CONFIG,
                    extern.name(),
                    "its type can't hold a configuration value",
                    "use bool, enum libbpf_tristate, an integer, char or char[]")),
        signed,
        size,
        alignment);
  }

  private static Optional<Shape> shape(Btf btf, int type) throws FormatException {
    return switch (btf.kind(type)) {
      case INT -> number(btf.intEncoding(type), Integer.toUnsignedLong(btf.sizeOrType(type)));
      case ENUM -> tristate(btf, type).filter(found -> btf.sizeOrType(type) == 4);
      case ENUM64 -> tristate(btf, type);
      case VOID,
          PTR,
          ARRAY,
          STRUCT,
          UNION,
          FWD,
          TYPEDEF,
          VOLATILE,
          CONST,
          RESTRICT,
          FUNC,
          FUNC_PROTO,
          VAR,
          DATASEC,
          FLOAT,
          DECL_TAG,
          TYPE_TAG ->
          Optional.empty();
    };
  }

  private static Optional<Shape> number(int encoding, long size) {
    if ((encoding & BOOLEAN_ENCODING) != 0) {
      return size == 1 ? Optional.of(Shape.BOOLEAN) : Optional.empty();
    }
    if (size == 1) {
      return Optional.of(Shape.CHARACTER);
    }
    return size <= 8 && Long.bitCount(size) == 1 ? Optional.of(Shape.NUMBER) : Optional.empty();
  }

  private static Optional<Shape> tristate(Btf btf, int type) throws FormatException {
    return btf.name(type).equals("libbpf_tristate")
        ? Optional.of(Shape.TRISTATE)
        : Optional.empty();
  }
}

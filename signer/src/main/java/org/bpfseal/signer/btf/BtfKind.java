// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.btf;

/**
 * The kinds of types, in the order of their numbers, {@code BTF_KIND_…} of {@code
 * include/uapi/linux/btf.h} at 7.3.
 */
public enum BtfKind {
  VOID(0, 0, 0),
  INT(1, 4, 0),
  PTR(2, 0, 0),
  ARRAY(3, 12, 0),
  STRUCT(4, 0, 12),
  UNION(5, 0, 12),
  ENUM(6, 0, 8),
  FWD(7, 0, 0),
  TYPEDEF(8, 0, 0),
  VOLATILE(9, 0, 0),
  CONST(10, 0, 0),
  RESTRICT(11, 0, 0),
  FUNC(12, 0, 0),
  FUNC_PROTO(13, 0, 8),
  VAR(14, 4, 0),
  DATASEC(15, 0, 12),
  FLOAT(16, 0, 0),
  DECL_TAG(17, 4, 0),
  TYPE_TAG(18, 0, 0),
  ENUM64(19, 0, 12);

  private static final BtfKind[] BY_NUMBER = values();

  private final int number;
  private final int fixed;
  private final int each;

  BtfKind(int number, int fixed, int each) {
    this.number = number;
    this.fixed = fixed;
    this.each = each;
  }

  /** How many there are. */
  static int count() {
    return BY_NUMBER.length;
  }

  static BtfKind of(int number) {
    return BY_NUMBER[number];
  }

  /** The number that BTF and the kernel know it by. */
  public int number() {
    return number;
  }

  /** Bytes behind the 12 that all kinds have. */
  int extra(int vlen) {
    return fixed + each * vlen;
  }

  /** Whether the type is its target under another name or with a qualifier. */
  public boolean isModifier() {
    return switch (this) {
      case TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG -> true;
      case VOID,
          INT,
          PTR,
          ARRAY,
          STRUCT,
          UNION,
          ENUM,
          FWD,
          FUNC,
          FUNC_PROTO,
          VAR,
          DATASEC,
          FLOAT,
          DECL_TAG,
          ENUM64 ->
          false;
    };
  }

  /** Whether the third word of a type is another type's id rather than a size. */
  boolean refersToType() {
    return switch (this) {
      case PTR, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNC, FUNC_PROTO, VAR, DECL_TAG, TYPE_TAG ->
          true;
      case VOID, INT, ARRAY, STRUCT, UNION, ENUM, FWD, DATASEC, FLOAT, ENUM64 -> false;
    };
  }

  /** Whether {@code vlen} counts things that follow; for FUNC it is the linkage instead. */
  boolean hasElements() {
    return each != 0;
  }
}

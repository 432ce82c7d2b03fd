// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.signer.key.pkcs11.Cryptoki.Function;
import org.bpfseal.verifier.bytes.Bytes;

/** A session with one token: search, attributes, signatures. One operation at a time. */
final class TokenSession implements AutoCloseable {
  /** CKA_CLASS and what it may be. */
  static final long CLASS = 0x0;

  static final long CERTIFICATE = 1;
  static final long PUBLIC_KEY = 2;
  static final long PRIVATE_KEY = 3;
  static final long LABEL = 0x3;
  static final long VALUE = 0x11;
  static final long KEY_TYPE = 0x100;
  static final long ID = 0x102;
  static final long MODULUS = 0x120;
  static final long PUBLIC_EXPONENT = 0x122;
  static final long EC_PARAMETERS = 0x180;
  static final long EC_POINT = 0x181;
  static final long ALWAYS_AUTHENTICATE = 0x202;

  /** CKM_RSA_PKCS: pads what it is given. */
  static final long RSA_PKCS = 0x1;

  /** CKM_ECDSA: over a digest that was made outside. */
  static final long ECDSA = 0x1041;

  private static final long USER = 1;
  private static final long SERIAL_SESSION = 0x4;
  private static final int ATTRIBUTE = 24;
  private static final int MOST_OBJECTS = 64;
  private static final int LARGEST = 1 << 16;

  private final Cryptoki cryptoki;
  private final long session;

  private TokenSession(Cryptoki cryptoki, long session) {
    this.cryptoki = cryptoki;
    this.session = session;
  }

  static TokenSession open(Cryptoki cryptoki, long slot) throws CryptokiException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle = arena.allocate(JAVA_LONG);
      cryptoki.call(
          Function.C_OpenSession,
          slot,
          SERIAL_SESSION,
          MemorySegment.NULL,
          MemorySegment.NULL,
          handle);
      return new TokenSession(cryptoki, handle.get(JAVA_LONG, 0));
    }
  }

  /** One try. Without a PIN the token asks for it on its own keypad. */
  synchronized void login(Optional<byte[]> pin) throws CryptokiException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text =
          pin.map(bytes -> Cryptoki.bytes(arena, bytes)).orElse(MemorySegment.NULL);
      try {
        cryptoki.call(
            Function.C_Login, session, USER, text, (long) pin.map(b -> b.length).orElse(0));
      } finally {
        if (pin.isPresent()) {
          text.fill((byte) 0);
        }
      }
    }
  }

  /** The objects of a class, of that label and id if given; at most 64. */
  synchronized List<TokenObject> find(long objectClass, Optional<String> label, Optional<Bytes> id)
      throws CryptokiException {
    Map<Long, byte[]> template = new LinkedHashMap<>();
    template.put(CLASS, number(objectClass));
    label.ifPresent(text -> template.put(LABEL, Bytes.utf8(text).toArray()));
    id.ifPresent(bytes -> template.put(ID, bytes.toArray()));
    List<TokenObject> objects = new ArrayList<>();
    for (long handle : handles(template)) {
      objects.add(
          new TokenObject(
              handle,
              attribute(handle, LABEL).orElse(Bytes.EMPTY).toUtf8(),
              attribute(handle, ID).orElse(Bytes.EMPTY)));
    }
    return objects;
  }

  private long[] handles(Map<Long, byte[]> template) throws CryptokiException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate((long) ATTRIBUTE * template.size(), 8);
      long at = 0;
      for (Map.Entry<Long, byte[]> entry : template.entrySet()) {
        byte[] value = entry.getValue();
        set(attributes, at, entry.getKey(), Cryptoki.bytes(arena, value), value.length);
        at += ATTRIBUTE;
      }
      cryptoki.call(Function.C_FindObjectsInit, session, attributes, (long) template.size());
      try {
        MemorySegment found = arena.allocate(JAVA_LONG, MOST_OBJECTS);
        MemorySegment count = arena.allocate(JAVA_LONG);
        cryptoki.call(Function.C_FindObjects, session, found, (long) MOST_OBJECTS, count);
        int size = (int) Math.clamp(count.get(JAVA_LONG, 0), 0L, MOST_OBJECTS);
        return Arrays.copyOf(found.toArray(JAVA_LONG), size);
      } finally {
        cryptoki.call(Function.C_FindObjectsFinal, session);
      }
    }
  }

  /** An attribute's value; nothing if the object hasn't it or doesn't show it. */
  synchronized Optional<Bytes> attribute(long object, long type) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = arena.allocate(ATTRIBUTE, 8);
      set(attribute, 0, type, MemorySegment.NULL, 0);
      cryptoki.call(Function.C_GetAttributeValue, session, object, attribute, 1L);
      long size = attribute.get(JAVA_LONG, 16);
      if (size < 0 || size > LARGEST) {
        return Optional.empty();
      }
      MemorySegment value = arena.allocate(Math.max(size, 1));
      set(attribute, 0, type, value, size);
      cryptoki.call(Function.C_GetAttributeValue, session, object, attribute, 1L);
      long written = Math.clamp(attribute.get(JAVA_LONG, 16), 0L, size);
      return Optional.of(Bytes.owning(value.asSlice(0, written).toArray(JAVA_BYTE)));
    } catch (CryptokiException e) {
      return Optional.empty();
    }
  }

  /** An attribute that is a CK_ULONG. */
  Optional<Long> number(long object, long type) {
    return attribute(object, type)
        .filter(value -> value.size() == 8)
        .map(value -> value.i64(0, ByteOrder.nativeOrder()));
  }

  /** Signs what the mechanism takes. */
  synchronized Bytes sign(long mechanism, long key, Bytes input) throws CryptokiException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment structure = arena.allocate(24, 8);
      structure.set(JAVA_LONG, 0, mechanism);
      cryptoki.call(Function.C_SignInit, session, structure, key);
      MemorySegment output = arena.allocate(4096);
      MemorySegment size = arena.allocateFrom(JAVA_LONG, 4096);
      MemorySegment in = Cryptoki.bytes(arena, input.toArray());
      cryptoki.call(Function.C_Sign, session, in, (long) input.size(), output, size);
      long written = Math.clamp(size.get(JAVA_LONG, 0), 0L, 4096L);
      return Bytes.owning(output.asSlice(0, written).toArray(JAVA_BYTE));
    }
  }

  /** Ends the session and with it the login; a token that is gone can't be told. */
  @Override
  public synchronized void close() {
    try {
      cryptoki.call(Function.C_CloseSession, session);
    } catch (CryptokiException e) {
      // Unplugged: the session is gone with it.
    }
  }

  private static void set(
      MemorySegment attributes, long at, long type, MemorySegment value, long size) {
    attributes.set(JAVA_LONG, at, type);
    attributes.set(ADDRESS, at + 8, value);
    attributes.set(JAVA_LONG, at + 16, size);
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(0, value).array();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.Passwords;
import org.bpfseal.signer.key.Secret;
import org.bpfseal.signer.key.pkcs11.Cryptoki.Function;

/** The one token that a URI names, logged in. */
record Token(TokenInfo info, TokenSession session) {
  private static final long OS_LOCKING = 0x2;
  private static final int MOST_SLOTS = 256;

  static Token open(Cryptoki cryptoki, Pkcs11Uri uri, Passwords passwords)
      throws KeyRefusedException, CryptokiException {
    initialize(cryptoki);
    TokenInfo info = choose(tokens(cryptoki), uri);
    TokenSession session = TokenSession.open(cryptoki, info.slot());
    try {
      if (info.needsLogin()) {
        login(cryptoki, info, session, passwords);
      }
      return new Token(info, session);
    } catch (KeyRefusedException | CryptokiException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static void initialize(Cryptoki cryptoki) throws CryptokiException {
    try (Arena arena = Arena.ofConfined()) {
      // CK_C_INITIALIZE_ARGS: four mutex functions (none), flags, reserved.
      MemorySegment arguments = arena.allocate(4 * ADDRESS.byteSize() + 16, 8);
      arguments.set(JAVA_LONG, 4 * ADDRESS.byteSize(), OS_LOCKING);
      cryptoki.call(Function.C_Initialize, arguments);
    } catch (CryptokiException e) {
      if (!e.is(ReturnValue.CKR_CRYPTOKI_ALREADY_INITIALIZED)) {
        throw e;
      }
    }
  }

  private static List<TokenInfo> tokens(Cryptoki cryptoki) throws CryptokiException {
    List<TokenInfo> tokens = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment slots = arena.allocate(JAVA_LONG, MOST_SLOTS);
      MemorySegment count = arena.allocateFrom(JAVA_LONG, MOST_SLOTS);
      cryptoki.call(Function.C_GetSlotList, 1L, slots, count);
      MemorySegment info = arena.allocate(TokenInfo.SIZE, 8);
      for (int i = 0; i < count.get(JAVA_LONG, 0); i++) {
        long slot = slots.getAtIndex(JAVA_LONG, i);
        try {
          cryptoki.call(Function.C_GetTokenInfo, slot, info);
          tokens.add(TokenInfo.of(slot, info));
        } catch (CryptokiException e) {
          // Unplugged since the list was made, or not this module's: not a token to choose from.
        }
      }
    }
    return tokens.stream().filter(TokenInfo::isInitialized).toList();
  }

  private static TokenInfo choose(List<TokenInfo> tokens, Pkcs11Uri uri)
      throws KeyRefusedException {
    List<TokenInfo> matching = tokens.stream().filter(token -> token.matches(uri)).toList();
    if (matching.isEmpty()) {
      throw new KeyRefusedException(
          uri.text("token").map(label -> "no token \"" + label + "\"").orElse("no such token"),
          tokens.isEmpty() ? "the module sees no token at all; is it plugged in?" : list(tokens));
    }
    if (matching.size() > 1) {
      throw new KeyRefusedException(
          matching.size() + " tokens fit the URI", "add serial=: " + list(matching));
    }
    return matching.getFirst();
  }

  private static void login(
      Cryptoki cryptoki, TokenInfo info, TokenSession session, Passwords passwords)
      throws KeyRefusedException, CryptokiException {
    if (info.isLocked()) {
      throw new KeyRefusedException(
          "the PIN of " + info.describe() + " is locked", ReturnValue.CKR_PIN_LOCKED.hint());
    }
    try {
      if (info.hasKeypad()) {
        session.login(Optional.empty());
        return;
      }
      try (Secret pin = passwords.get("PIN of " + info.describe())) {
        pin.useUtf8(bytes -> session.login(Optional.of(bytes)));
      }
    } catch (CryptokiException e) {
      if (!e.is(ReturnValue.CKR_USER_ALREADY_LOGGED_IN)) {
        throw refusal(cryptoki, info, e);
      }
    }
  }

  /** A wrong PIN is never tried again: each try brings the token nearer to locking itself. */
  private static KeyRefusedException refusal(
      Cryptoki cryptoki, TokenInfo info, CryptokiException e) {
    if (e.is(ReturnValue.CKR_PIN_INCORRECT)
        || e.is(ReturnValue.CKR_PIN_INVALID)
        || e.is(ReturnValue.CKR_PIN_LEN_RANGE)) {
      return new KeyRefusedException("wrong PIN for " + info.describe(), after(cryptoki, info));
    }
    return new KeyRefusedException(info.describe() + ": " + e.getMessage(), e.hint());
  }

  private static String after(Cryptoki cryptoki, TokenInfo before) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(TokenInfo.SIZE, 8);
      cryptoki.call(Function.C_GetTokenInfo, before.slot(), segment);
      TokenInfo now = TokenInfo.of(before.slot(), segment);
      if (now.isLocked()) {
        return "the PIN is locked now; " + ReturnValue.CKR_PIN_LOCKED.hint();
      }
      return now.hasOneTryLeft()
          ? "one try is left before the token locks the PIN"
          : "it was tried once and won't be tried again";
    } catch (CryptokiException e) {
      return "it was tried once and won't be tried again";
    }
  }

  private static String list(List<TokenInfo> tokens) {
    return tokens.stream().map(TokenInfo::describe).collect(Collectors.joining(", "));
  }
}

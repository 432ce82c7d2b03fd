// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.bpfseal.signer.key.KeyRefusedException;

/**
 * The functions of one PKCS#11 module that signing needs, as the C API has them.
 *
 * <p>On Linux CK_ULONG is 8 bytes and structures aren't packed. CK_FUNCTION_LIST is a version (2
 * bytes, padded to 8) and then one pointer a function in the order of Cryptoki 2.40's {@code
 * pkcs11f.h}; {@link Function} holds their places.
 */
@SuppressWarnings("restricted") // native calls are what this class is for
final class Cryptoki {
  /** Place in CK_FUNCTION_LIST, counted from 1, and arguments. */
  enum Function {
    C_Initialize(1, "p"),
    C_Finalize(2, "p"),
    C_GetSlotList(5, "npp"),
    C_GetTokenInfo(7, "np"),
    C_OpenSession(13, "nnppp"),
    C_CloseSession(14, "n"),
    C_Login(19, "nnpn"),
    C_Logout(20, "n"),
    C_GetAttributeValue(25, "nnpn"),
    C_FindObjectsInit(27, "npn"),
    C_FindObjects(28, "npnp"),
    C_FindObjectsFinal(29, "n"),
    C_SignInit(43, "npn"),
    C_Sign(44, "npnpp");

    private final int place;
    private final String arguments;

    /** {@code p} for a pointer, {@code n} for a CK_ULONG (or a CK_BBOOL, passed as widely). */
    Function(int place, String arguments) {
      this.place = place;
      this.arguments = arguments;
    }

    private FunctionDescriptor descriptor() {
      return FunctionDescriptor.of(
          JAVA_LONG,
          arguments
              .chars()
              .mapToObj(type -> type == 'p' ? ADDRESS : JAVA_LONG)
              .toArray(MemoryLayout[]::new));
    }
  }

  private static final int POINTERS = 92;

  private final MemorySegment functions;
  private final Map<Function, MethodHandle> handles = new EnumMap<>(Function.class);

  private Cryptoki(MemorySegment functions) {
    this.functions = functions;
  }

  /** Loads a module; it stays loaded as long as the process. */
  static Cryptoki load(Path module) throws KeyRefusedException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment symbol =
          SymbolLookup.libraryLookup(module, Arena.global())
              .find("C_GetFunctionList")
              .orElseThrow(() -> new IllegalArgumentException("it has no C_GetFunctionList"));
      MethodHandle get =
          Linker.nativeLinker().downcallHandle(symbol, FunctionDescriptor.of(JAVA_LONG, ADDRESS));
      MemorySegment pointer = arena.allocate(ADDRESS);
      long code = (long) get.invokeExact(pointer);
      if (!ReturnValue.CKR_OK.is(code)) {
        throw new IllegalArgumentException("its C_GetFunctionList fails");
      }
      return new Cryptoki(pointer.get(ADDRESS, 0).reinterpret(8 + POINTERS * ADDRESS.byteSize()));
    } catch (IllegalArgumentException e) {
      throw new KeyRefusedException(
          "PKCS#11 module " + module + " can't be loaded: " + e.getMessage(),
          "give the token's own module with --pkcs11-module or ?module-path=");
    } catch (Throwable e) {
      throw new IllegalStateException("calling " + module + " failed", e);
    }
  }

  /** Calls a function; arguments are {@code Long} or {@code MemorySegment}. */
  void call(Function function, Object... arguments) throws CryptokiException {
    long code;
    try {
      code = (long) handle(function).invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException("calling " + function + " failed", e);
    }
    if (!ReturnValue.CKR_OK.is(code)) {
      throw new CryptokiException(function.name(), code);
    }
  }

  private synchronized MethodHandle handle(Function function) {
    return handles.computeIfAbsent(
        function,
        wanted ->
            Linker.nativeLinker()
                .downcallHandle(
                    functions.get(ADDRESS, wanted.place * ADDRESS.byteSize()),
                    wanted.descriptor()));
  }

  /** A segment that holds these bytes. */
  static MemorySegment bytes(Arena arena, byte[] bytes) {
    return arena.allocateFrom(JAVA_BYTE, bytes);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.ListedKey;

/** Asks the running kernel about keys by {@code keyctl(2)}: it only reads, and changes nothing. */
final class Keyctl implements HostKeyrings.Kernel {
  private static final int DESCRIBE = 6;
  private static final int READ = 11;
  private static final int MOST = 1 << 20;

  private final long number;
  private final MethodHandle syscall;

  private Keyctl(long number, MethodHandle syscall) {
    this.number = number;
    this.syscall = syscall;
  }

  /** Absent on a machine whose number of the system call isn't known here. */
  @SuppressWarnings("restricted") // the shape is syscall(2)'s
  static Optional<HostKeyrings.Kernel> find() {
    long number =
        switch (System.getProperty("os.arch")) {
          case "amd64" -> 250;
          case "aarch64", "riscv64" -> 219;
          default -> -1;
        };
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor shape =
        FunctionDescriptor.of(
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_LONG);
    return linker
        .defaultLookup()
        .find("syscall")
        .filter(found -> number >= 0)
        .map(found -> linker.downcallHandle(found, shape, Linker.Option.firstVariadicArg(1)))
        .map(handle -> new Keyctl(number, handle));
  }

  @Override
  public Optional<ListedKey> describe(int serial) {
    return call(DESCRIBE, serial).flatMap(answer -> described(serial, answer));
  }

  /** {@code type;uid;gid;permissions;description} and a NUL. */
  private static Optional<ListedKey> described(int serial, Bytes answer) {
    String text = new String(answer.toArray(), StandardCharsets.ISO_8859_1);
    String[] parts = text.split(";", 5);
    if (parts.length < 5 || !text.endsWith("\0")) {
      return Optional.empty();
    }
    int start = text.length() - parts[4].length();
    return Optional.of(new ListedKey(serial, parts[0], answer.slice(start, answer.size() - 1)));
  }

  @Override
  public Optional<List<Integer>> members(int serial) {
    return call(READ, serial)
        .map(
            answer -> {
              List<Integer> serials = new ArrayList<>();
              for (int at = 0; at + 4 <= answer.size(); at += 4) {
                serials.add(answer.i32(at, ByteOrder.nativeOrder()));
              }
              return serials;
            });
  }

  /** What the call writes; empty if it fails or writes more than a key can be told in. */
  private Optional<Bytes> call(int operation, int serial) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(MOST);
      long size =
          (long) syscall.invokeExact(number, (long) operation, (long) serial, answer, (long) MOST);
      return size < 0 || size > MOST
          ? Optional.empty()
          : Optional.of(Bytes.owning(answer.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE)));
    } catch (Throwable e) {
      throw new IllegalStateException("keyctl can't be called", e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.bpfseal.signer.object.BpfObjectReader;
import org.bpfseal.signer.object.ElfBuilder;
import org.bpfseal.signer.object.TargetOptions;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Ten times the functions, ten times the memory that is asked for. */
class LinearWorkTest {
  private static final int FUNC = 2;
  private static final int CODE = 6;

  @Test
  void allocatesInProportionToTheFunctions() throws Exception {
    Bytes small = object(1_000);
    Bytes large = object(10_000);
    generate(small);
    generate(large);
    assertThat(generate(large)).isLessThan(15 * generate(small));
  }

  /** Bytes that this thread allocates for one skeleton. */
  private static long generate(Bytes file) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    LightSkeleton skeleton =
        LightSkeleton.of(BpfObjectReader.read(file, "linear", TargetOptions.DEFAULT));
    assertThat(skeleton.data().size()).isGreaterThan(file.size() / 4);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  /** One program that calls so many subprograms of two instructions. */
  private static Bytes object(int functions) {
    ByteBuffer text = ElfBuilder.buffer(16 * functions);
    ByteBuffer program = ElfBuilder.buffer(8 * functions + 8);
    ByteBuffer relocations = ElfBuilder.buffer(16 * functions);
    for (int i = 0; i < functions; i++) {
      text.putLong(0xb7).putLong(0x95);
      program.putInt(0x1085).putInt(-1);
      relocations.putLong(8L * i).putLong(((i + 1L) << 32) | 10);
    }
    program.putLong(0x95);
    ElfBuilder elf = new ElfBuilder();
    int textSection = elf.add(".text", 1, CODE, ElfBuilder.bytes(text), 0, 0, 0);
    int code = elf.add("tc", 1, CODE, ElfBuilder.bytes(program), 0, 0, 0);
    ByteBuffer symbols = ElfBuilder.buffer(24 * (functions + 2)).position(24);
    for (int i = 0; i < functions; i++) {
      ElfBuilder.symbol(symbols, FUNC, 1, textSection, 16L * i, 16);
    }
    ElfBuilder.symbol(symbols, FUNC, 1, code, 0, 8L * functions + 8);
    int names = elf.addNames();
    int table = elf.add(".symtab", 2, 0, ElfBuilder.bytes(symbols), names, 0, 24);
    elf.add(".reltc", 9, 0, ElfBuilder.bytes(relocations), table, code, 16);
    return Bytes.owning(elf.build());
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class JudgeCommandTest {
  @TempDir Path folder;

  private record Result(int status, String out, String err) {}

  private static Result run(String... args) {
    CommandLine line = Launcher.commandLine(BpfVerify.spec());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status = line.execute(args);
    return new Result(status, out.toString(), err.toString());
  }

  /** Two blobs, an empty one and one instruction; so many cases of which every other is a load. */
  private Path corpus(int cases, int lastBlob) throws Exception {
    ByteBuffer file = ByteBuffer.allocate(64 + cases * 28).order(ByteOrder.LITTLE_ENDIAN);
    file.put("SIGLAB1\n".getBytes(StandardCharsets.US_ASCII)).putInt(2);
    file.putInt(0).putInt(8).putLong(0x95);
    file.putInt(cases);
    for (int i = 0; i < cases; i++) {
      boolean load = i % 2 == 0;
      file.putInt(i).put((byte) (load ? 0 : 1)).put((byte) 0).putShort((short) (load ? 0 : 1));
      if (load) {
        file.putInt(1).putInt(0).putInt(-1).putInt(0x7fffffff);
      } else {
        file.putInt(i == cases - 1 ? lastBlob : 0);
      }
    }
    Path path = folder.resolve("corpus");
    Files.write(path, Arrays.copyOf(file.array(), file.position()));
    return path;
  }

  @Test
  void oneLineACaseInOrder() throws Exception {
    Result result = run("judge", "--kernel", "6.18", "--threads", "3", corpus(1000, 0).toString());
    assertThat(result.status()).isZero();
    assertThat(result.err()).isEmpty();
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      expected.append(i).append(i % 2 == 0 ? "\tEBADMSG\t-\n" : "\t-\tEINVAL\n");
    }
    assertThat(result.out()).isEqualTo(expected.toString());
  }

  @Test
  void emptySignatureDependsOnTheRelease() throws Exception {
    assertThat(run("judge", corpus(1, 0).toString()).out()).isEqualTo("0\tEINVAL\t-\n");
    assertThat(run("judge", "--kernel", "6.12", corpus(1, 0).toString()).out())
        .isEqualTo("0\tE2BIG\t-\n");
  }

  @Test
  void malformedCorpusSaysWhere() throws Exception {
    Result result = run("judge", corpus(2, 7).toString());
    assertThat(result.status()).isEqualTo(ExitCode.UNREADABLE.status());
    assertThat(result.err()).contains("expected a blob below 2, found 7");
  }

  @Test
  void otherFileIsNoCorpus() throws Exception {
    Path file = folder.resolve("other");
    Files.writeString(file, "SIGLAB2\n");
    assertThat(run("judge", file.toString()).status()).isEqualTo(ExitCode.UNREADABLE.status());
  }

  @Test
  void noThreadsIsAUsageError() throws Exception {
    assertThat(run("judge", "--threads", "0", corpus(1, 0).toString()).status())
        .isEqualTo(ExitCode.USAGE.status());
  }
}

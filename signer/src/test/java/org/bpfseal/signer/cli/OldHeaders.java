// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfseal.signer.header.SkeletonHeader;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Light skeletons as bpftool wrote them at its earlier generations, made from what it writes today:
 * its unsigned loader with the check of the blob that was then put behind the cleanup.
 *
 * @param folder for the headers
 */
record OldHeaders(Path folder) {
  private static final Path KEYS = Lab.repository().resolve("keys-example");
  private static final int INSN = 8;
  private static final int JUMP_IF_NEGATIVE = 0xc5;
  private static final int JUMP_IF_DIFFERENT = 0x5d;

  static OldHeaders in(Path folder) {
    return new OldHeaders(folder);
  }

  /** The header of form A, B, C or D. */
  Path write(String form, Path object) throws IOException, FormatException {
    SkeletonHeader unsigned = SkeletonHeader.read(bpftool(object));
    Bytes signedText =
        bpftool(object, "-S", "-k", KEYS.resolve("rsa.key"), "-i", KEYS.resolve("rsa.crt"));
    Path file = folder.resolve("form" + form + ".lskel.h");
    if (form.equals("D")) {
      return Files.write(file, signedText.toArray());
    }
    Bytes data = unsigned.data();
    Bytes insns =
        switch (form) {
          case "A" -> oneLate(checking(unsigned.insns(), data));
          case "B" -> checking(unsigned.insns(), data);
          case "C" -> markChecking(checking(SkeletonHeader.read(signedText).insns(), data));
          default -> throw new IllegalArgumentException(form);
        };
    String text = new String(signedText.toArray(), StandardCharsets.ISO_8859_1);
    text = with(text, "opts_insn", insns);
    text = with(text, "opts_sig", signature(insns));
    text = with(text, "opts_excl_hash", DigestAlgorithm.SHA_256.digest(insns));
    return Files.writeString(file, text, StandardCharsets.ISO_8859_1);
  }

  private static Bytes bpftool(Path object, Object... options) {
    List<Object> words = new ArrayList<>(List.of(Lab.bpftool(), "gen", "skeleton", "-L"));
    words.addAll(List.of(options));
    words.addAll(List.of(object, "name", "old"));
    return HostCommand.outputOf(words.toArray());
  }

  /** The 28 instructions that compare the blob's hash: form B of an unsigned loader. */
  private Bytes checking(Bytes insns, Bytes data) throws IOException {
    Path file = Files.write(folder.resolve("insns"), insns.toArray());
    String hash = DigestAlgorithm.SHA_256.digest(data).toHex();
    return HostCommand.outputOf(Lab.vectors().resolve("objects/b2-of-d.pl"), file, hash, "little");
  }

  /** Form A's four comparisons jump one instruction too late. */
  private static Bytes oneLate(Bytes formB) {
    byte[] insns = formB.toArray();
    int changed = 0;
    for (int at = start(formB) * INSN; changed < 4; at += INSN) {
      if ((insns[at] & 0xff) == JUMP_IF_DIFFERENT) {
        move(insns, at, 1);
        changed++;
      }
    }
    return Bytes.owning(insns);
  }

  /** Form C asks first whether the map is exclusive: a number at byte 32 of it. */
  private static Bytes markChecking(Bytes formB2) {
    int start = start(formB2);
    byte[] insns = formB2.toArray();
    for (int at = start * INSN; at < insns.length; at += INSN) {
      boolean back = ByteBuffer.wrap(insns).order(ByteOrder.LITTLE_ENDIAN).getShort(at + 2) < 0;
      int opcode = insns[at] & 0xff;
      if (back && (opcode == JUMP_IF_NEGATIVE || opcode == JUMP_IF_DIFFERENT)) {
        move(insns, at, -5);
      }
    }
    int cleanup = 7;
    ByteBuffer mark = ByteBuffer.allocate(5 * INSN).order(ByteOrder.LITTLE_ENDIAN);
    mark.putLong(0x5118).putLong(0);
    mark.putLong(0x0020_1261);
    mark.putLong(0xffff_ffea_0000_07b7L);
    mark.putLong(1L << 32 | (cleanup - (start + 5) & 0xffffL) << 16 | 0x0255);
    Bytes all = Bytes.owning(insns);
    return Bytes.concat(
        all.slice(0, start * INSN), Bytes.owning(mark.array()), all.from(start * INSN));
  }

  private static void move(byte[] insns, int at, int by) {
    ByteBuffer buffer = ByteBuffer.wrap(insns).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putShort(at + 2, (short) (buffer.getShort(at + 2) + by));
  }

  /** The instruction behind the cleanup block, which the prologue's last one jumps to. */
  private static int start(Bytes insns) {
    return 7 + insns.u16(6 * INSN + 2, ByteOrder.LITTLE_ENDIAN);
  }

  private Bytes signature(Bytes payload) throws IOException {
    Path file = Files.write(folder.resolve("payload"), payload.toArray());
    Run run =
        Run.of(
            "sign",
            "--as",
            "data",
            "--force",
            "--key",
            KEYS.resolve("rsa.key"),
            "--cert",
            KEYS.resolve("rsa.crt"),
            file);
    assertThat(run.status()).as(run.err()).isZero();
    return Bytes.owning(Files.readAllBytes(folder.resolve("payload.p7s")));
  }

  private static String with(String header, String name, Bytes content) {
    Matcher literal =
        Pattern.compile("(static const char " + name + "\\[\\][^=]*= \")[^\"]*\"").matcher(header);
    StringBuilder text = new StringBuilder();
    for (byte octet : content.toArray()) {
      text.append("\\x%02x".formatted(octet));
    }
    return literal.replaceFirst(match -> Matcher.quoteReplacement(match.group(1) + text + "\""));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.header;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * A light skeleton as {@code bpftool gen skeleton -L} writes it ({@code *.lskel.h}).
 *
 * <pre>
 *   struct NAME {
 *     struct bpf_loader_ctx ctx;
 *   static const char opts_data[]       … = "\ …";   the blob
 *   static const char opts_insn[]       … = "\ …";   the loader's instructions
 *   static const char opts_sig[]        … = "\ …";   CMS, if it is signed
 *   static const char opts_excl_hash[]  … = "\ …";   SHA-256 of the instructions, if it is signed
 * </pre>
 *
 * <p>A string holds {@code \0}, {@code \xNN} and backslash-newline, nothing else. All other C is
 * passed over: what it does (the attach functions) follows from the loader. Refused: a string
 * twice, one without its end, instructions that aren't whole, a hash that isn't theirs. Source:
 * bpftool's {@code src/gen.c}, {@code codegen_preload_*} and {@code print_hex()}, at 7.8.0.
 *
 * @param name of the C structure, which is the object's name in the blob too
 */
public record SkeletonHeader(
    String name,
    Bytes data,
    Bytes insns,
    Optional<Bytes> signature,
    Optional<Bytes> exclusiveHash) {
  /** Most bytes of such a file: four characters a byte of what it holds. */
  public static final int LIMIT = 64 << 20;

  private static final String FORMAT = "light skeleton header";
  private static final Pattern STRUCT =
      Pattern.compile("struct ([A-Za-z0-9_]{1,63}) \\{\\s{1,16}struct bpf_loader_ctx ctx;");
  private static final int INSN = 8;

  /**
   * Reads one.
   *
   * @throws FormatException that says at which byte it differs from the shape above
   */
  public static SkeletonHeader read(Bytes file) throws FormatException {
    // One char a byte, so that positions are byte offsets.
    String text = new String(file.toArray(), StandardCharsets.ISO_8859_1);
    Matcher struct = STRUCT.matcher(text);
    if (!struct.find()) {
      throw fail("struct", 0, "expected a structure with a bpf_loader_ctx, found none");
    }
    Bytes data = required(text, "opts_data");
    Bytes insns = required(text, "opts_insn");
    if (insns.isEmpty() || insns.size() % INSN != 0) {
      throw fail(
          "opts_insn",
          text.indexOf(declaration("opts_insn")),
          "expected whole instructions of 8 bytes, found " + insns.size() + " bytes");
    }
    Optional<Bytes> signature = string(text, "opts_sig");
    Optional<Bytes> hash = string(text, "opts_excl_hash");
    if (signature.isPresent() != hash.isPresent()) {
      throw fail("opts_sig", 0, "expected signature and hash together, found one of them");
    }
    if (hash.isPresent() && !hash.get().equals(DigestAlgorithm.SHA_256.digest(insns))) {
      throw fail(
          "opts_excl_hash",
          text.indexOf(declaration("opts_excl_hash")),
          "expected the instructions' SHA-256, found another");
    }
    return new SkeletonHeader(struct.group(1), data, insns, signature, hash);
  }

  private static Bytes required(String text, String name) throws FormatException {
    return string(text, name)
        .orElseThrow(() -> fail(name, 0, "expected \"" + declaration(name) + "\", found none"));
  }

  private static String declaration(String name) {
    return "static const char " + name + "[]";
  }

  private static Optional<Bytes> string(String text, String name) throws FormatException {
    String declaration = declaration(name);
    int at = text.indexOf(declaration);
    if (at < 0) {
      return Optional.empty();
    }
    int again = text.indexOf(declaration, at + 1);
    if (again >= 0) {
      throw fail(name, again, "expected one such string, found a second");
    }
    int quote = text.indexOf('"', at);
    int line = text.indexOf('\n', at);
    if (quote < 0 || (line >= 0 && line < quote)) {
      throw fail(name, at, "expected a string in this line, found none");
    }
    return Optional.of(body(text, name, quote + 1));
  }

  private static Bytes body(String text, String name, int start) throws FormatException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = start;
    while (at < text.length()) {
      if (text.charAt(at) == '"') {
        return Bytes.owning(out.toByteArray());
      }
      if (text.charAt(at) != '\\' || at + 1 >= text.length()) {
        break;
      }
      switch (text.charAt(at + 1)) {
        case '\n' -> at += 2;
        case '0' -> {
          out.write(0);
          at += 2;
        }
        case 'x' -> {
          out.write(hex(text, name, at));
          at += 4;
        }
        default -> throw fail(name, at, "expected \\0, \\xNN or the line's end, found another");
      }
    }
    throw fail(name, at, "expected a backslash or the string's end, found neither");
  }

  private static int hex(String text, String name, int at) throws FormatException {
    int high = at + 3 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
    int low = high < 0 ? -1 : Character.digit(text.charAt(at + 3), 16);
    if (low < 0) {
      throw fail(name, at, "expected \\x and two hex digits, found something else");
    }
    return high << 4 | low;
  }

  private static FormatException fail(String path, int at, String problem) {
    return new FormatException(FORMAT, path, Math.max(at, 0), problem);
  }
}

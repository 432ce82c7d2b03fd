// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * One program of a test image: bpftool's loader of a vector object, its 6.18 form, signatures by
 * openssl. Files and manifest lines are kept apart, so that a test can damage the one without the
 * other.
 *
 * @param name folder name and manifest name
 * @param lines its manifest lines from {@code data} to the last {@code form}
 * @param described its {@code map}, {@code prog} and {@code link} lines
 * @param files path below the program's folder to content
 */
public record LabProgram(String name, String lines, String described, Map<String, Bytes> files) {
  private static final Pattern LITERAL =
      Pattern.compile("static const char opts_(data|insn)\\[\\][^=]*= \"(.*?)\";", Pattern.DOTALL);

  public LabProgram {
    files = Map.copyOf(files);
  }

  /** Makes both forms of the vector object of this name, signed by the key. */
  public static LabProgram of(String vector, LabKey key, String described) {
    Path object = Lab.vectors().resolve("objects/clang-14/" + vector + ".bpf.o");
    return of(vector, object, key, described);
  }

  /** Makes both forms of an object, signed by the key. */
  public static LabProgram of(String name, Path object, LabKey key, String described) {
    Map<String, Bytes> parts = skeleton(name, object, key);
    return of(
        name,
        key,
        described,
        parts.getOrDefault("data", Bytes.EMPTY),
        parts.getOrDefault("insn", Bytes.EMPTY));
  }

  private static LabProgram of(String name, LabKey key, String described, Bytes data, Bytes insns) {
    Bytes older = olderForm(key.scratch().resolve("insns"), insns, data);
    Map<String, Bytes> files = new LinkedHashMap<>();
    files.put("data", data);
    files.put("7.3/insns", insns);
    files.put("7.3/sig.p7s", key.sign(Bytes.concat(insns, data)));
    files.put("6.18/insns", older);
    files.put("6.18/sig.p7s", key.sign(older));
    String lines =
        "data %s\nform 7.3 %s\nform 6.18 %s\n"
            .formatted(sizeAndHash(data), sizeAndHash(insns), sizeAndHash(older));
    return new LabProgram(name, lines, described, files);
  }

  /** Signed anew with a changed blob, which the manifest then names. */
  LabProgram withData(LabKey key, UnaryOperator<Bytes> change) {
    return of(name, key, described, change.apply(file("data")), file("7.3/insns"));
  }

  LabProgram named(String other) {
    return new LabProgram(other, lines, described, files);
  }

  LabProgram describedAs(String other) {
    return new LabProgram(name, lines, other, files);
  }

  LabProgram withLines(UnaryOperator<String> change) {
    return new LabProgram(name, change.apply(lines), described, files);
  }

  /** Changes the file of both forms (or the blob) without telling the manifest. */
  LabProgram withFile(String suffix, UnaryOperator<Bytes> change) {
    Map<String, Bytes> changed = new LinkedHashMap<>(files);
    changed.replaceAll((path, content) -> path.endsWith(suffix) ? change.apply(content) : content);
    return new LabProgram(name, lines, described, changed);
  }

  LabProgram without(String suffix) {
    Map<String, Bytes> left = new LinkedHashMap<>(files);
    left.keySet().removeIf(path -> path.endsWith(suffix));
    return new LabProgram(name, lines, described, left);
  }

  Bytes file(String path) {
    return files.getOrDefault(path, Bytes.EMPTY);
  }

  /** The content with one bit changed; a negative place counts from the end. */
  static UnaryOperator<Bytes> bitFlippedAt(int place) {
    return content -> {
      byte[] changed = content.toArray();
      changed[place < 0 ? changed.length + place : place] ^= 1;
      return Bytes.owning(changed);
    };
  }

  static String sizeAndHash(Bytes content) {
    return content.size() + " " + sha256(content);
  }

  public static String sha256(Bytes content) {
    try {
      return Bytes.owning(MessageDigest.getInstance("SHA-256").digest(content.toArray())).toHex();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Bytes> skeleton(String name, Path object, LabKey key) {
    Bytes header =
        HostCommand.outputOf(
            Lab.bpftool(),
            "gen",
            "skeleton",
            "-L",
            "-S",
            "-k",
            key.privateKey(),
            "-i",
            key.certificate(),
            object,
            "name",
            name);
    Map<String, Bytes> parts = new LinkedHashMap<>();
    Matcher literals = LITERAL.matcher(new String(header.toArray(), StandardCharsets.ISO_8859_1));
    while (literals.find()) {
      parts.put(literals.group(1), literal(literals.group(2).replace("\\\n", "")));
    }
    return parts;
  }

  /** Nothing but {@code \0} and {@code \xNN}. */
  private static Bytes literal(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    while (at < text.length()) {
      boolean zero = text.startsWith("\\0", at);
      out.write(zero ? 0 : Integer.parseInt(text.substring(at + 2, at + 4), 16));
      at += zero ? 2 : 4;
    }
    return Bytes.owning(out.toByteArray());
  }

  private static Bytes olderForm(Path scratch, Bytes insns, Bytes data) {
    try {
      Files.write(scratch, insns.toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path script = Lab.vectors().resolve("objects/b2-of-d.pl");
    return HostCommand.outputOf(script, scratch, sha256(data), "little");
  }
}

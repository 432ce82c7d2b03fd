// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A case with what real kernels answered to it, as a text file: lines of a word, a space and a
 * value; lines that begin with {@code #} say more.
 *
 * @param one its story is what the vector shows
 * @param answers by kernel series
 */
record VerdictVector(Case one, Map<String, Answer> answers) {
  VerdictVector {
    answers = Map.copyOf(answers);
  }

  static List<VerdictVector> all(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sorted = files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
      List<VerdictVector> vectors = new ArrayList<>();
      for (Path file : sorted) {
        vectors.add(read(vectors.size(), Files.readAllLines(file)));
      }
      return vectors;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static VerdictVector read(int id, List<String> lines) {
    Map<String, Answer> answers = new TreeMap<>();
    List<Bytes> certificates = new ArrayList<>();
    Map<String, String> single = new TreeMap<>();
    for (String line : lines) {
      String[] words = line.split(" ", 2);
      switch (words[0]) {
        case "#" -> {}
        case "certificate" -> certificates.add(Bytes.hex(words[1]));
        case "kernel" -> {
          String[] parts = words[1].split(" ", -1);
          answers.put(parts[0], new Answer(id, parts[1], parts[2]));
        }
        case "story", "insns", "signature", "null", "signature_size", "keyring_id" ->
            single.put(words[0], words[1]);
        default -> throw new IllegalArgumentException("unknown word: " + line);
      }
    }
    String story = single.getOrDefault("story", "");
    return new VerdictVector(new Case(id, story, certificates, load(single)), answers);
  }

  private static Optional<Case.Load> load(Map<String, String> single) {
    return Optional.ofNullable(single.get("insns"))
        .map(
            insns ->
                new Case.Load(
                    Bytes.hex(insns),
                    Bytes.hex(single.getOrDefault("signature", "")),
                    Boolean.parseBoolean(single.get("null")),
                    Long.parseLong(single.getOrDefault("signature_size", "4294967295")),
                    Integer.parseInt(single.getOrDefault("keyring_id", "2147483647")),
                    Optional.empty()));
  }

  static String text(Case one, Map<String, Answer> answers) {
    List<String> lines = new ArrayList<>();
    lines.add("story " + one.story());
    new TreeMap<>(answers)
        .forEach(
            (series, answer) ->
                lines.add("kernel " + series + " " + answer.load() + " " + answer.certificates()));
    one.certificates().forEach(each -> lines.add("certificate " + each.toHex()));
    one.load()
        .ifPresent(
            load -> {
              lines.add("insns " + load.insns().toHex());
              lines.add("signature " + load.signature().toHex());
              lines.add("null " + load.isNull());
              lines.add("signature_size " + load.signatureSize());
              lines.add("keyring_id " + load.keyringId());
            });
    return String.join("\n", lines) + "\n";
  }
}

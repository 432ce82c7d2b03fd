// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpfseal.preload.plan.Plan.PlannedFile;
import org.bpfseal.preload.plan.Plan.PlannedLink;
import org.bpfseal.preload.plan.Plan.PlannedPin;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.manifest.FailureMode;
import org.bpfseal.verifier.manifest.KeyringKind;
import org.bpfseal.verifier.program.Generation;

/**
 * Reads a plan, version 1. Lines, of which those in brackets have the default named here:
 *
 * <pre>
 *   bpfseal-plan 1
 *   version N                              of the manifest; a later image has a higher one
 *   [kernels 7.3 6.18]                     which of them it is for: both
 *   [keyring user|builtin|secondary|platform]     user: the loader's own, with these certificates
 *   cert FILE                              PEM or DER, one to 16; for keyring user only
 *   [failure halt|reboot]                  when a required program fails: halt
 *   [next /PATH]                           what is executed when all is done: /init
 *
 *   program FILE.bpfs [as NAME] [optional]       then what belongs to it:
 *     [pin MAP]                            pins a map
 *     [link NAME PROG KIND [KEY=VALUE ...]]      {@link LinkWords} has the kinds and keys
 *     [links auto|none]
 * </pre>
 *
 * <p>Programs are loaded in this order. A program without a {@code link} line is linked as {@code
 * links auto} says: each LSM, tracing and iterator prog, which name their target themselves, gets a
 * link of its own name. With {@code link} lines only those are made; {@code links auto} beside them
 * makes the others too. Nothing may be unknown, twice or out of this order.
 */
public final class PlanReader {
  private static final List<String> HEAD =
      List.of("bpfseal-plan", "version", "kernels", "keyring", "cert", "failure", "next");

  private final List<PlanWords.Line> lines;
  private int at;

  private PlanReader(List<PlanWords.Line> lines) {
    this.lines = lines;
  }

  /**
   * The plan.
   *
   * @throws FormatException with the line in its path
   */
  public static Plan read(Bytes text) throws FormatException {
    List<PlanWords.Line> lines = PlanWords.of(text);
    if (lines.isEmpty() || !lines.getFirst().words().equals(List.of("bpfseal-plan", "1"))) {
      throw new FormatException(
          PlanWords.FORMAT, "line 1", 0, "expected bpfseal-plan 1, found something else");
    }
    return new PlanReader(lines).plan();
  }

  private Plan plan() throws FormatException {
    at = 1;
    PlanWords.Line versionLine = required("version", "version N");
    long version = number(versionLine);
    Set<Generation> kernels = kernels();
    KeyringKind keyring = keyring();
    List<PlannedFile> certificates = certificates(keyring);
    FailureMode failure = failure();
    String next =
        optional("next", 2, "next /PATH").map(line -> line.words().get(1)).orElse("/init");
    List<PlannedProgram> programs = new ArrayList<>();
    while (at < lines.size()) {
      programs.add(program());
    }
    if (programs.isEmpty()) {
      throw lines.getLast().fail("expected program FILE.bpfs, found the end");
    }
    return new Plan(version, kernels, keyring, certificates, failure, next, programs);
  }

  private boolean is(String keyword) {
    return at < lines.size() && lines.get(at).keyword().equals(keyword);
  }

  private PlanWords.Line required(String keyword, String shape) throws FormatException {
    return optional(keyword, 2, shape)
        .orElseThrow(() -> lines.get(Math.min(at, lines.size() - 1)).fail("expected " + shape));
  }

  private Optional<PlanWords.Line> optional(String keyword, int most, String shape)
      throws FormatException {
    if (!is(keyword)) {
      return Optional.empty();
    }
    return Optional.of(lines.get(at++).expect(2, most, shape));
  }

  private static long number(PlanWords.Line line) throws FormatException {
    String word = line.words().get(1);
    if (!word.matches("[1-9][0-9]{0,9}") || Long.parseLong(word) > 0xffff_ffffL) {
      throw line.fail("expected a number from 1 to 4294967295, found " + word);
    }
    return Long.parseLong(word);
  }

  private Set<Generation> kernels() throws FormatException {
    Optional<PlanWords.Line> line = optional("kernels", 3, "kernels 7.3 6.18");
    Set<Generation> kernels = EnumSet.noneOf(Generation.class);
    if (line.isEmpty()) {
      return EnumSet.allOf(Generation.class);
    }
    for (String word : line.get().words().subList(1, line.get().words().size())) {
      Generation kernel =
          Generation.of(word)
              .orElseThrow(() -> line.get().fail("expected 7.3 or 6.18, found " + word));
      if (!kernels.add(kernel)) {
        throw line.get().fail("expected each kernel once, found " + word + " again");
      }
    }
    return kernels;
  }

  private KeyringKind keyring() throws FormatException {
    String shape = "keyring user|builtin|secondary|platform";
    Optional<PlanWords.Line> line = optional("keyring", 2, shape);
    if (line.isEmpty()) {
      return KeyringKind.USER;
    }
    return Arrays.stream(KeyringKind.values())
        .filter(kind -> kind.text().equals(line.get().words().get(1)))
        .findFirst()
        .orElseThrow(() -> line.get().fail("expected " + shape));
  }

  private List<PlannedFile> certificates(KeyringKind keyring) throws FormatException {
    List<PlannedFile> files = new ArrayList<>();
    while (is("cert")) {
      PlanWords.Line line = lines.get(at++).expect(2, 2, "cert FILE");
      if (keyring != KeyringKind.USER) {
        throw line.fail("expected no cert line, they belong to keyring user");
      }
      files.add(new PlannedFile(line.number(), line.words().get(1)));
    }
    if (keyring == KeyringKind.USER && files.isEmpty()) {
      throw lines
          .get(Math.min(at, lines.size() - 1))
          .fail("expected cert FILE, keyring user needs one");
    }
    return files;
  }

  private FailureMode failure() throws FormatException {
    Optional<PlanWords.Line> line = optional("failure", 2, "failure halt|reboot");
    if (line.isEmpty()) {
      return FailureMode.HALT;
    }
    return Arrays.stream(FailureMode.values())
        .filter(mode -> mode.text().equals(line.get().words().get(1)))
        .findFirst()
        .orElseThrow(() -> line.get().fail("expected failure halt|reboot"));
  }

  private PlannedProgram program() throws FormatException {
    PlanWords.Line line = lines.get(at++);
    if (!line.keyword().equals("program")) {
      throw line.fail(misplaced(line.keyword()));
    }
    String shape = "program FILE.bpfs [as NAME] [optional]";
    List<String> words = line.expect(2, 5, shape).words();
    boolean named = words.size() >= 4 && words.get(2).equals("as");
    List<String> rest = words.subList(named ? 4 : 2, words.size());
    if (!rest.isEmpty() && !rest.equals(List.of("optional"))) {
      throw line.fail("expected " + shape + ", found " + String.join(" ", words));
    }
    List<PlannedPin> pins = new ArrayList<>();
    while (is("pin")) {
      PlanWords.Line pin = lines.get(at++).expect(2, 2, "pin MAP");
      pins.add(new PlannedPin(pin.number(), pin.words().get(1)));
    }
    List<PlannedLink> links = links();
    return new PlannedProgram(
        new PlannedFile(line.number(), words.get(1)),
        named ? Optional.of(words.get(3)) : Optional.empty(),
        !rest.isEmpty(),
        linksItself(links.isEmpty()),
        pins,
        links);
  }

  private List<PlannedLink> links() throws FormatException {
    List<PlannedLink> links = new ArrayList<>();
    while (is("link")) {
      List<String> words =
          lines.get(at).expect(4, 8, "link NAME PROG KIND [KEY=VALUE ...]").words();
      links.add(
          new PlannedLink(
              lines.get(at).number(), words.get(1), words.get(2), words.subList(3, words.size())));
      at++;
    }
    return links;
  }

  private boolean linksItself(boolean usual) throws FormatException {
    Optional<PlanWords.Line> line = optional("links", 2, "links auto|none");
    if (line.isEmpty()) {
      return usual;
    }
    return switch (line.get().words().get(1)) {
      case "auto" -> true;
      case "none" -> false;
      default -> throw line.get().fail("expected links auto|none");
    };
  }

  private static String misplaced(String keyword) {
    return HEAD.contains(keyword)
        ? "expected " + keyword + " once, before the programs, in the order " + HEAD
        : "expected program, pin, link or links, in this order, found " + keyword;
  }
}

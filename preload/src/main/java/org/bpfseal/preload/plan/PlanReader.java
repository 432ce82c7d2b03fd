// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpfseal.preload.plan.Plan.PlannedFile;
import org.bpfseal.preload.plan.Plan.PlannedLink;
import org.bpfseal.preload.plan.Plan.PlannedPin;
import org.bpfseal.preload.plan.PlannedProgram.OwnLinks;
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
 *   [guard FILE.bpfs [types|signed|any]]   the guard, and what may be loaded once it is sealed: types
 *   [confirm FILE as NAME]                 up to 16 certificates whose keys may sign tokens; with a guard only
 *
 *   program FILE.bpfs [as NAME] [optional]       then what belongs to it:
 *     [pin MAP]                            pins a map
 *     [link NAME PROG KIND [KEY=VALUE ...] [HOLD]]     {@link LinkWords} has the kinds and keys
 *     [links auto [HOLD]] or [links none]
 * </pre>
 *
 * <p>Programs are loaded in this order. A program without a {@code link} line is linked as {@code
 * links auto} says: each LSM, tracing and iterator prog, which name their target themselves, gets a
 * link of its own name. With {@code link} lines only those are made; {@code links auto} beside them
 * makes the others too. HOLD is {@code stop-on-confirm}: the guard keeps the link until a token for
 * it is confirmed, by the key of any confirm line; {@code stop-on-confirm=NAME,NAME} of these only,
 * {@code stop-on-confirm=none} of nobody. It keeps no link from ending with its device or its
 * cgroup: the manifest calls such a hold best-effort. Nothing may be unknown, twice or out of this
 * order.
 */
public final class PlanReader {
  private static final List<String> HEAD =
      List.of(
          "bpfseal-plan",
          "version",
          "kernels",
          "keyring",
          "cert",
          "failure",
          "next",
          "guard",
          "confirm");

  private final PlanLines in;
  private Optional<PlannedGuard> guard = Optional.empty();

  private PlanReader(PlanLines in) {
    this.in = in;
  }

  /**
   * The plan.
   *
   * @throws FormatException with the line in its path
   */
  public static Plan read(Bytes text) throws FormatException {
    return new PlanReader(new PlanLines(text)).plan();
  }

  private Plan plan() throws FormatException {
    long version = number(in.required("version", "version N"));
    Set<Generation> kernels = kernels();
    KeyringKind keyring = keyring();
    List<PlannedFile> certificates = certificates(keyring);
    FailureMode failure = failure();
    String next =
        in.optional("next", 2, "next /PATH").map(line -> line.words().get(1)).orElse("/init");
    guard = GuardLines.guard(in);
    List<PlannedProgram> programs = new ArrayList<>();
    while (!in.atEnd()) {
      programs.add(program());
    }
    if (programs.isEmpty()) {
      throw in.here().fail("expected program FILE.bpfs, found the end");
    }
    return new Plan(version, kernels, keyring, certificates, failure, next, guard, programs);
  }

  private static long number(PlanWords.Line line) throws FormatException {
    String word = line.words().get(1);
    if (!word.matches("[1-9][0-9]{0,9}") || Long.parseLong(word) > 0xffff_ffffL) {
      throw line.fail("expected a number from 1 to 4294967295, found " + word);
    }
    return Long.parseLong(word);
  }

  private Set<Generation> kernels() throws FormatException {
    Optional<PlanWords.Line> line = in.optional("kernels", 3, "kernels 7.3 6.18");
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
    Optional<PlanWords.Line> line = in.optional("keyring", 2, shape);
    return line.isEmpty()
        ? KeyringKind.USER
        : PlanLines.choice(
            line.get(), line.get().words().get(1), KeyringKind.values(), KeyringKind::text, shape);
  }

  private List<PlannedFile> certificates(KeyringKind keyring) throws FormatException {
    List<PlannedFile> files = new ArrayList<>();
    while (in.is("cert")) {
      PlanWords.Line line = in.next().expect(2, 2, "cert FILE");
      if (keyring != KeyringKind.USER) {
        throw line.fail("expected no cert line, they belong to keyring user");
      }
      files.add(new PlannedFile(line.number(), line.words().get(1)));
    }
    if (keyring == KeyringKind.USER && files.isEmpty()) {
      throw in.here().fail("expected cert FILE, keyring user needs one");
    }
    return files;
  }

  private FailureMode failure() throws FormatException {
    String shape = "failure halt|reboot";
    Optional<PlanWords.Line> line = in.optional("failure", 2, shape);
    return line.isEmpty()
        ? FailureMode.HALT
        : PlanLines.choice(
            line.get(), line.get().words().get(1), FailureMode.values(), FailureMode::text, shape);
  }

  private PlannedProgram program() throws FormatException {
    PlanWords.Line line = in.next();
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
    while (in.is("pin")) {
      PlanWords.Line pin = in.next().expect(2, 2, "pin MAP");
      pins.add(new PlannedPin(pin.number(), pin.words().get(1)));
    }
    List<PlannedLink> links = links();
    return new PlannedProgram(
        new PlannedFile(line.number(), words.get(1)),
        named ? Optional.of(words.get(3)) : Optional.empty(),
        !rest.isEmpty(),
        ownLinks(links.isEmpty()),
        pins,
        links);
  }

  private List<PlannedLink> links() throws FormatException {
    List<PlannedLink> links = new ArrayList<>();
    while (in.is("link")) {
      PlanWords.Line line =
          in.next().expect(4, 9, "link NAME PROG KIND [KEY=VALUE ...] [stop-on-confirm]");
      List<String> words = line.words();
      Optional<List<String>> hold = GuardLines.hold(line, 4, guard);
      List<String> target = words.subList(3, words.size() - (hold.isPresent() ? 1 : 0));
      links.add(new PlannedLink(line.number(), words.get(1), words.get(2), target, hold));
    }
    return links;
  }

  private OwnLinks ownLinks(boolean usual) throws FormatException {
    String shape = "links auto [stop-on-confirm], or links none";
    Optional<PlanWords.Line> line = in.optional("links", 3, shape);
    if (line.isEmpty()) {
      return new OwnLinks(usual, Optional.empty());
    }
    List<String> words = line.get().words();
    Optional<List<String>> hold = GuardLines.hold(line.get(), 2, guard);
    boolean made = words.get(1).equals("auto");
    if ((!made && !words.get(1).equals("none"))
        || words.size() != (hold.isPresent() ? 3 : 2)
        || (hold.isPresent() && !made)) {
      throw line.get().fail("expected " + shape + ", found " + String.join(" ", words));
    }
    return new OwnLinks(made, hold);
  }

  private static String misplaced(String keyword) {
    return HEAD.contains(keyword)
        ? "expected " + keyword + " once, before the programs, in the order " + HEAD
        : "expected program, pin, link or links, in this order, found " + keyword;
  }
}

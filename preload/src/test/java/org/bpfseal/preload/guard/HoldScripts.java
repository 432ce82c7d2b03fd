// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bpfseal.preload.guard.HoldModel.Link;
import org.bpfseal.preload.guard.HoldModel.State;
import org.bpfseal.preload.guard.HoldStep.Flaw;
import org.bpfseal.preload.guard.HoldStep.Operation;
import org.bpfseal.preload.guard.HoldStep.Signer;

/** Random sequences of steps that meet each state of links of each kind. */
final class HoldScripts {
  /** As many cgroup programs of one kind as the kernel takes, with some left for the image's. */
  private static final int CREATED_MOST = 50;

  private final Random random;
  private final boolean signatures;
  private final List<String> names = new ArrayList<>(INITIAL);

  /**
   * The links of {@link AttackTargets} that the script plays with; {@link #model} has their states.
   */
  private static final List<String> INITIAL =
      List.of(
          "lsm-observers/open",
          "lsm-observers/exec",
          "lsm-observers/committed",
          "tracepoints/switch",
          "tracepoints/loose",
          "cgroup-network/in");

  private HoldScripts(long seed, boolean signatures) {
    this.random = new Random(seed);
    this.signatures = signatures;
  }

  static HoldModel model(boolean signatures) {
    Set<Signer> both = EnumSet.of(Signer.OPS, Signer.BOSS);
    HoldModel model = new HoldModel(signatures);
    model.add("lsm-observers/open", new Link(false, State.HELD, both));
    model.add("lsm-observers/exec", new Link(false, State.HELD, Set.of()));
    model.add("lsm-observers/committed", new Link(false, State.HELD, EnumSet.of(Signer.OPS)));
    model.add("tracepoints/switch", new Link(false, State.HELD, both));
    model.add("tracepoints/loose", new Link(false, State.NOT_HELD, Set.of()));
    model.add("cgroup-network/in", new Link(true, State.HELD, both));
    return model;
  }

  /** Begins by opening and closing each link of the image. */
  static List<HoldStep> script(long seed, boolean signatures, int length) {
    HoldScripts scripts = new HoldScripts(seed, signatures);
    List<HoldStep> steps = new ArrayList<>();
    for (String name : INITIAL) {
      steps.add(new HoldStep.Open(name));
      steps.add(new HoldStep.Close(name));
    }
    while (steps.size() < length) {
      steps.add(scripts.next());
    }
    return steps;
  }

  private HoldStep next() {
    int kind = random.nextInt(20);
    if (kind < 2 && names.size() < INITIAL.size() + CREATED_MOST) {
      names.add("late/" + names.size());
      return new HoldStep.Create(names.getLast());
    }
    // Lately created ones more often, so that steps meet.
    int once = random.nextInt(names.size());
    int back = Math.min(once, random.nextInt(names.size()));
    String name = names.get(names.size() - 1 - back);
    return switch (kind) {
      case 2 -> new HoldStep.Open(name);
      case 3 -> new HoldStep.Close(name);
      case 4, 5 -> new HoldStep.Unlink(name);
      case 6, 7 -> new HoldStep.Detach(name);
      case 8, 9 -> new HoldStep.Again();
      case 10 -> signatures ? new HoldStep.Load() : new HoldStep.Again();
      default -> ask(name);
    };
  }

  private HoldStep.Ask ask(String name) {
    Operation operation = random.nextInt(6) == 0 ? Operation.REPLACE : anyOf(Operation.values());
    Flaw flaw = random.nextInt(3) == 0 ? anyOf(Flaw.values()) : Flaw.NONE;
    Signer key = random.nextInt(5) == 0 ? anyOf(Signer.values()) : Signer.OPS;
    return new HoldStep.Ask(operation, name, key, flaw);
  }

  private <T> T anyOf(T[] constants) {
    return constants[random.nextInt(constants.length)];
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.bpfseal.preload.guard.HoldModel.Answer;
import org.bpfseal.preload.guard.HoldModel.State;
import org.bpfseal.preload.guard.HoldStep.Again;
import org.bpfseal.preload.guard.HoldStep.Ask;
import org.bpfseal.preload.guard.HoldStep.Flaw;
import org.bpfseal.preload.guard.HoldStep.Load;
import org.bpfseal.preload.guard.HoldStep.Operation;
import org.bpfseal.preload.guard.HoldStep.Signer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must be true of the guard on paper, whatever is done in whatever order. */
class HoldModelTest {
  private static final int LENGTH = 400;
  private static final String GRANTED = "EINPROGRESS";

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  private static Map<String, State> states(HoldModel model) {
    Map<String, State> states = new HashMap<>();
    model.links().forEach((name, link) -> states.put(name, link.state()));
    return states;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aHeldLinkExistsAndItsPinIsInPlace(long seed) {
    HoldModel model = HoldScripts.model(true);
    for (HoldStep step : HoldScripts.script(seed, true, LENGTH)) {
      model.take(step);
      assertThat(model.links().values().stream().filter(link -> link.state() == State.HELD))
          .as("seed %d, %s", seed, step)
          .allMatch(link -> link.isPinned() && model.exists(link));
    }
  }

  /**
   * Links only move from not held by way of held to released, and only by what was confirmed for
   * them.
   */
  @ParameterizedTest
  @MethodSource("seeds")
  void onlyGrantedConfirmsChangeStates(long seed) {
    HoldModel model = HoldScripts.model(true);
    Set<String> toBeReplaced = new HashSet<>();
    Map<String, State> before = states(model);
    Ask asked = new Ask(Operation.STOP, "none", Signer.OPS, Flaw.NONE);
    for (HoldStep step : HoldScripts.script(seed, true, LENGTH)) {
      Answer answer = model.take(step);
      Map<String, State> after = states(model);
      asked = step instanceof Ask ask ? ask : asked;
      for (Map.Entry<String, State> link : after.entrySet()) {
        State was = before.getOrDefault(link.getKey(), State.NOT_HELD);
        if (was == link.getValue()) {
          continue;
        }
        assertThat(List.of(was, link.getValue()))
            .as("seed %d", seed)
            .isIn(List.of(State.NOT_HELD, State.HELD), List.of(State.HELD, State.RELEASED));
        assertThat(link.getKey()).isIn(step instanceof Load ? toBeReplaced : Set.of(asked.link()));
        assertThat(answer.result().equals(GRANTED) || step instanceof Load).isTrue();
      }
      if (asked.operation() == Operation.REPLACE && answer.result().equals(GRANTED)) {
        toBeReplaced.add(asked.link());
      }
      before = after;
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void eachConfirmCountsOnceAndNoTokenIsGoodTwice(long seed) {
    HoldModel model = HoldScripts.model(true);
    long granted = 0;
    boolean used = false;
    for (HoldStep step : HoldScripts.script(seed, true, LENGTH)) {
      Answer answer = model.take(step);
      boolean good = answer.result().equals(GRANTED);
      granted += good ? 1 : 0;
      assertThat(answer.sequence()).as("seed %d, %s", seed, step).isEqualTo(granted);
      if (step instanceof Again && used) {
        assertThat(answer.result()).as("seed %d", seed).isEqualTo("EALREADY");
      }
      used = good || (used && !(step instanceof Ask));
    }
  }

  /** Otherwise the properties above say little. */
  @Test
  void scriptsMeetEveryAnswer() {
    Set<String> met = new HashSet<>();
    seeds()
        .forEach(
            seed -> {
              HoldModel model = HoldScripts.model(true);
              HoldScripts.script(seed, true, LENGTH)
                  .forEach(step -> met.add(model.take(step).result()));
            });
    assertThat(met)
        .containsExactlyInAnyOrder(
            "OK",
            GRANTED,
            "EACCES",
            "EALREADY",
            "EBADF",
            "EBADMSG",
            "EEXIST",
            "EIDRM",
            "EKEYREJECTED",
            "ENOENT",
            "ENOKEY",
            "ENXIO",
            "EOPNOTSUPP",
            "EPERM",
            "ERANGE",
            "ESTALE");
  }

  @Test
  void confirmPermitsAndDetachesNothing() {
    HoldModel model = HoldScripts.model(true);
    Ask stop = new Ask(Operation.STOP, "tracepoints/switch", Signer.OPS, Flaw.NONE);
    List<HoldStep> steps =
        List.of(
            new HoldStep.Open("tracepoints/switch"),
            new HoldStep.Unlink("tracepoints/switch"),
            stop,
            stop,
            stop,
            new HoldStep.Unlink("tracepoints/switch"),
            new HoldStep.Close("tracepoints/switch"));
    assertThat(steps.stream().map(model::take))
        .containsExactly(
            new Answer("OK", true, 0),
            new Answer("EPERM", true, 0),
            new Answer("EACCES", true, 0),
            new Answer(GRANTED, true, 1),
            new Answer("EIDRM", true, 1),
            new Answer("OK", true, 1),
            new Answer("OK", false, 1));
  }
}

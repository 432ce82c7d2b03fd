// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpfseal.preload.guard.HoldStep.Ask;
import org.bpfseal.preload.guard.HoldStep.Flaw;
import org.bpfseal.preload.guard.HoldStep.Operation;
import org.bpfseal.preload.guard.HoldStep.Signer;

/**
 * The sealed guard on paper: which state a link is in, what each step is answered, and what it
 * changes. Links live as long as something refers to them; the guard only refuses what would take a
 * held link's references or effect away.
 */
final class HoldModel {
  /** What the guard knows of a link. */
  enum State {
    NOT_HELD,
    HELD,
    RELEASED
  }

  /**
   * One step's outcome.
   *
   * @param result errno, or OK; a confirm that is granted has EINPROGRESS
   * @param alive whether the link that was meant exists afterwards
   * @param sequence number of confirms that were granted so far
   */
  record Answer(String result, boolean alive, long sequence) {}

  /** A link, and all that refers to it. */
  static final class Link {
    final boolean detachable;
    private State state;
    private Set<Signer> confirmers;
    private boolean pinned = true;
    private boolean open;

    Link(boolean detachable, State state, Set<Signer> confirmers) {
      this.detachable = detachable;
      this.state = state;
      this.confirmers = confirmers;
    }

    State state() {
      return state;
    }

    boolean isPinned() {
      return pinned;
    }
  }

  private record Token(Ask ask, long sequence) {}

  private final Map<String, Link> links = new LinkedHashMap<>();
  private final Set<Operation> refusedOnce = EnumSet.noneOf(Operation.class);
  private final boolean signatures;
  private long sequence;
  private Optional<Token> last = Optional.empty();

  /** To hold a link one shows its pin, and that file descriptor is one more reference. */
  private Optional<Link> shown = Optional.empty();

  private Optional<Link> replaced = Optional.empty();

  /**
   * A guard beside another BSM that refuses the first confirm of each operation.
   *
   * @param signatures whether the kernel knows those of programs
   */
  HoldModel(boolean signatures) {
    this.signatures = signatures;
  }

  void add(String name, Link link) {
    links.put(name, link);
  }

  Map<String, Link> links() {
    return Map.copyOf(links);
  }

  long sequence() {
    return sequence;
  }

  boolean exists(Link link) {
    return link.pinned || link.open || shown.filter(it -> it == link).isPresent();
  }

  Answer take(HoldStep step) {
    return switch (step) {
      case HoldStep.Create create -> {
        add(create.link(), new Link(true, State.NOT_HELD, Set.of()));
        yield answer("OK", create.link());
      }
      case HoldStep.Open open -> answer(open(link(open.link())), open.link());
      case HoldStep.Close close -> {
        link(close.link()).open = false;
        yield answer("OK", close.link());
      }
      case HoldStep.Unlink unlink -> answer(unlink(link(unlink.link())), unlink.link());
      case HoldStep.Detach detach -> answer(detach(link(detach.link())), detach.link());
      case Ask ask -> answer(ask(ask), ask.link());
      case HoldStep.Again _ ->
          new Answer(last.map(this::confirm).orElse("EBADMSG"), true, sequence);
      case HoldStep.Load _ -> {
        replaced.filter(link -> link.state == State.HELD).ifPresent(HoldModel::release);
        replaced = Optional.empty();
        yield new Answer("OK", true, sequence);
      }
    };
  }

  private Link link(String name) {
    return Optional.ofNullable(links.get(name)).orElseThrow();
  }

  private Answer answer(String result, String link) {
    return new Answer(result, exists(link(link)), sequence);
  }

  private static void release(Link link) {
    link.state = State.RELEASED;
  }

  private static String open(Link link) {
    if (!link.pinned) {
      return "ENOENT";
    }
    link.open = true;
    return "OK";
  }

  private static String unlink(Link link) {
    if (!link.pinned) {
      return "ENOENT";
    }
    if (link.state == State.HELD) {
      return "EPERM";
    }
    link.pinned = false;
    return "OK";
  }

  private static String detach(Link link) {
    if (!link.pinned && !link.open) {
      return "ENOENT";
    }
    if (link.state == State.HELD) {
      return "EPERM";
    }
    return link.detachable ? "OK" : "EOPNOTSUPP";
  }

  private String ask(Ask ask) {
    Link link = link(ask.link());
    shown = ask.operation() == Operation.HOLD && link.pinned ? Optional.of(link) : Optional.empty();
    Token token = new Token(ask, sequence + (ask.flaw() == Flaw.SEQUENCE ? 1 : 0));
    last = Optional.of(token);
    return confirm(token);
  }

  /** The other BSM, which knows three operations, then the guard, then what the token allows. */
  private String confirm(Token token) {
    Link link = link(token.ask().link());
    if (token.ask().flaw() != Flaw.OPERATION && refusedOnce.add(token.ask().operation())) {
      return "EACCES";
    }
    String refusal = refusal(token, link);
    if (!refusal.isEmpty()) {
      return refusal;
    }
    sequence++;
    switch (token.ask().operation()) {
      case STOP -> release(link);
      case HOLD -> {
        link.state = State.HELD;
        link.confirmers = EnumSet.of(Signer.OPS, Signer.BOSS);
      }
      case REPLACE -> replaced = Optional.of(link);
    }
    return "EINPROGRESS";
  }

  /** In the guard's order; empty if it refuses nothing. */
  private String refusal(Token token, Link link) {
    Ask ask = token.ask();
    boolean replacing = ask.operation() == Operation.REPLACE;
    if (ask.flaw() == Flaw.FORM || (ask.flaw() == Flaw.OPERATION && replacing)) {
      return "EBADMSG";
    }
    if (ask.flaw() == Flaw.OPERATION || (replacing && !signatures)) {
      return "EOPNOTSUPP";
    }
    if (ask.flaw() == Flaw.BOOT) {
      return "ESTALE";
    }
    if (token.sequence() != sequence) {
      return token.sequence() < sequence ? "EALREADY" : "ERANGE";
    }
    String state = ask.operation() == Operation.HOLD ? toHold(ask, link) : toRelease(ask, link);
    if (!state.isEmpty()) {
      return state;
    }
    Collection<Signer> keys =
        ask.operation() == Operation.HOLD ? EnumSet.of(Signer.OPS, Signer.BOSS) : link.confirmers;
    if (!keys.contains(ask.key())) {
      return "ENOKEY";
    }
    return ask.flaw() == Flaw.SIGNATURE ? "EKEYREJECTED" : "";
  }

  private String toHold(Ask ask, Link link) {
    if (ask.flaw() == Flaw.LINK) {
      return "EBADF";
    }
    if (link.state != State.NOT_HELD) {
      return link.state == State.HELD ? "EEXIST" : "EIDRM";
    }
    if (!link.pinned || shown.isEmpty()) {
      return "EBADF";
    }
    return ask.flaw() == Flaw.NAME ? "ENXIO" : "";
  }

  private static String toRelease(Ask ask, Link link) {
    if (ask.flaw() == Flaw.LINK || link.state == State.NOT_HELD) {
      return "ENOENT";
    }
    if (ask.flaw() == Flaw.NAME) {
      return "ENXIO";
    }
    if (link.confirmers.isEmpty()) {
      return "EPERM";
    }
    return link.state == State.RELEASED ? "EIDRM" : "";
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import java.util.Locale;

/** What root does to links and the guard; {@code replay.c} takes the same steps on a kernel. */
sealed interface HoldStep {
  /** A new link on the root cgroup, pinned under the name. */
  record Create(String link) implements HoldStep {}

  /** A file descriptor of the link, by its pin. */
  record Open(String link) implements HoldStep {}

  record Close(String link) implements HoldStep {}

  record Unlink(String link) implements HoldStep {}

  record Detach(String link) implements HoldStep {}

  /** A confirm with a new token. */
  record Ask(Operation operation, String link, Signer key, Flaw flaw) implements HoldStep {}

  /** A confirm with the token that was used last. */
  record Again() implements HoldStep {}

  /** The program that tokens for a replacement name is loaded, signed by the image's key. */
  record Load() implements HoldStep {}

  enum Operation {
    STOP,
    HOLD,
    REPLACE
  }

  /** Who signs; the last may sign programs but no token. */
  enum Signer {
    OPS("p256"),
    BOSS("other"),
    RELEASE("rsa");

    private final String file;

    Signer(String file) {
      this.file = file;
    }
  }

  /** What is wrong with the token. */
  enum Flaw {
    NONE,
    FORM,
    OPERATION,
    BOOT,
    SEQUENCE,
    LINK,
    NAME,
    SIGNATURE
  }

  /** The script's line. */
  default String line() {
    return switch (this) {
      case Create step -> "create " + step.link();
      case Open step -> "open " + step.link();
      case Close step -> "close " + step.link();
      case Unlink step -> "unlink " + step.link();
      case Detach step -> "detach " + step.link();
      case Ask step ->
          String.join(" ", word(step.operation()), step.link(), step.key().file, word(step.flaw()));
      case Again _ -> "again";
      case Load _ -> "load";
    };
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

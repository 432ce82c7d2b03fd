// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;

/**
 * What the command line says to one option or operand: declared by {@link Syntax}, read when the
 * command runs.
 *
 * @param <T> the value's type
 */
public final class Given<T> {
  private final ArgSpec argument;
  private final @Nullable T otherwise;

  /**
   * @param otherwise what holds when the command line is silent; null if nothing does
   */
  Given(ArgSpec argument, @Nullable T otherwise) {
    this.argument = argument;
    this.otherwise = otherwise;
  }

  /** Whether there is a value, of the command line or by default. */
  public boolean isGiven() {
    return find() != null;
  }

  /**
   * The value.
   *
   * @throws IllegalStateException if there is none: ask {@link #isGiven} before, unless the option
   *     is required or has a default
   */
  public T value() {
    T found = find();
    if (found == null) {
      throw new IllegalStateException(argument.paramLabel() + " wasn't given");
    }
    return found;
  }

  /** The value, if there is one. */
  public Optional<T> optional() {
    return Optional.ofNullable(find());
  }

  private @Nullable T find() {
    T found = argument.getValue();
    return found == null ? otherwise : found;
  }
}

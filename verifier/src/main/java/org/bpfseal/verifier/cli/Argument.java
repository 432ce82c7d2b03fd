// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * An option or operand that is being declared by {@link Syntax}: the method that says its type ends
 * the declaration.
 */
public final class Argument {
  /** All operands from here on. */
  static final String ALL = "0..*";

  private static final ITypeConverter<?>[] BUILT_IN = {};
  private static final ITypeConverter<?>[] PATH = {(ITypeConverter<Path>) Path::of};

  private final CommandSpec command;
  private final List<String> names;
  private final String label;
  private final String[] description;
  private final String places;
  private boolean required;
  private @Nullable String variable;

  /**
   * @param names none for an operand
   * @param places of an operand, {@link #ALL} for one that may be given more than once; an option's
   *     type says so
   */
  Argument(
      CommandSpec command, List<String> names, String label, String places, String... description) {
    this.command = command;
    this.names = names;
    this.label = label;
    this.places = places;
    this.description = description;
    required = names.isEmpty();
  }

  /** It has to be given; an operand always has. */
  public Argument required() {
    required = true;
    return this;
  }

  /** Its value when it isn't given: that of an environment variable, if it is set. */
  public Argument orVariable(String name) {
    variable = "${env:" + name + "}";
    return this;
  }

  /** One text. */
  public Given<String> text() {
    return new Given<>(made(String.class, BUILT_IN, ""), null);
  }

  /** One text, or else this. */
  public Given<String> text(String otherwise) {
    return new Given<>(made(String.class, BUILT_IN, ""), otherwise);
  }

  /** One file or directory. */
  public Given<Path> path() {
    return new Given<>(made(Path.class, PATH, ""), null);
  }

  /** A whole number. */
  public Given<Integer> number() {
    return new Given<>(made(Integer.class, BUILT_IN, ""), null);
  }

  /** A whole number, or else this. */
  public Given<Integer> number(int otherwise) {
    return new Given<>(made(Integer.class, BUILT_IN, ""), otherwise);
  }

  /** A whole number that may be larger than those, or else this. */
  public Given<Long> wholeNumber(long otherwise) {
    return new Given<>(made(Long.class, BUILT_IN, ""), otherwise);
  }

  /** One word of several, in upper or lower case, or else this. */
  public <E extends Enum<E>> Given<E> word(E otherwise) {
    Class<E> type = otherwise.getDeclaringClass();
    return new Given<>(made(type, oneOf(type), ""), otherwise);
  }

  /** Words of several, divided by commas. */
  public <E extends Enum<E>> Given<List<E>> words(Class<E> type) {
    return new Given<>(made(List.class, oneOf(type), ",", type), List.of());
  }

  /** Texts divided by commas, or else these. */
  public Given<List<String>> list(List<String> otherwise) {
    return new Given<>(made(List.class, BUILT_IN, ",", String.class), otherwise);
  }

  /** Any number of texts: each has the option's name before it. */
  public Given<List<String>> texts() {
    return new Given<>(made(List.class, BUILT_IN, "", String.class), List.of());
  }

  /** Any number of files or directories: each has the option's name before it. */
  public Given<List<Path>> paths() {
    return new Given<>(made(List.class, PATH, "", Path.class), List.of());
  }

  /**
   * Any number of values of a type of the caller's, each with the option's name before it.
   *
   * @param reader makes one of its text
   */
  public <T> Given<List<T>> values(Class<T> type, ITypeConverter<T> reader) {
    return new Given<>(made(List.class, new ITypeConverter<?>[] {reader}, "", type), List.of());
  }

  /** The words are the constants' own texts; picocli would name those twice that differ. */
  private static <E extends Enum<E>> ITypeConverter<?>[] oneOf(Class<E> type) {
    return new ITypeConverter<?>[] {(ITypeConverter<E>) text -> word(type, text)};
  }

  private static <E extends Enum<E>> E word(Class<E> type, String text) {
    List<String> words = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String word = constant.toString().toLowerCase(Locale.ROOT);
      if (word.equalsIgnoreCase(text)) {
        return constant;
      }
      words.add(word);
    }
    throw new TypeConversionException(
        "expected one of " + String.join(", ", words) + ", but was '" + text + "'");
  }

  private ArgSpec made(
      Class<?> type, ITypeConverter<?>[] converters, String split, Class<?>... of) {
    ArgSpec made =
        names.isEmpty()
            ? PositionalParamSpec.builder()
                .paramLabel(label)
                .description(description)
                .required(true)
                .index(places)
                .arity(places.equals(ALL) ? "1..*" : "1")
                .type(type)
                .auxiliaryTypes(of.length == 0 ? new Class<?>[] {type} : of)
                .converters(converters)
                .build()
            : OptionSpec.builder(names.toArray(String[]::new))
                .paramLabel(label)
                .description(description)
                .required(required)
                .defaultValue(variable)
                .type(type)
                .auxiliaryTypes(of.length == 0 ? new Class<?>[] {type} : of)
                .converters(converters)
                .splitRegex(split)
                .hideParamSyntax(true)
                .build();
    command.add(made);
    return made;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.keyring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A keyring: keys in the order of adding, and keyrings linked into it.
 *
 * <p>Immutable; {@link Builder} adds keys as the kernel links them.
 */
public final class Keyring {
  private final String name;
  private final KeyState state;
  private final Restriction restriction;
  private final boolean writable;
  private final List<Key> keys;
  private final List<Keyring> nested;

  private Keyring(Builder builder) {
    this.name = builder.name;
    this.state = builder.state;
    this.restriction = builder.restriction;
    this.writable = builder.writable;
    this.keys = List.copyOf(builder.keys.values());
    this.nested = List.copyOf(builder.nested);
  }

  /** A keyring to be filled; it is writable and unrestricted until told otherwise. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** A keyring without keys. */
  public static Keyring empty(String name) {
    return named(name).build();
  }

  /** A builder that holds what this keyring holds. */
  public Builder toBuilder() {
    Builder builder = new Builder(name).state(state).restriction(restriction).writable(writable);
    keys.forEach(builder::link);
    nested.forEach(builder::link);
    return builder;
  }

  public String name() {
    return name;
  }

  public KeyState state() {
    return state;
  }

  public Restriction restriction() {
    return restriction;
  }

  public boolean writable() {
    return writable;
  }

  public List<Key> keys() {
    return keys;
  }

  /** Keyrings linked into this one; they are searched after its keys. */
  public List<Keyring> nested() {
    return nested;
  }

  /** Its keys and those of the keyrings in it, in the order of a search. */
  public Stream<Key> all() {
    return Stream.concat(keys.stream(), nested.stream().flatMap(Keyring::all));
  }

  /** True if there is no key in it, nor in a keyring in it. */
  public boolean isEmpty() {
    return all().findAny().isEmpty();
  }

  @Override
  public String toString() {
    return name + " (" + keys.size() + " keys)";
  }

  /** Collects keys; of one description the last one stays. Not for several threads at once. */
  public static final class Builder {
    private final String name;
    private final Map<Bytes, Key> keys = new LinkedHashMap<>();
    private final List<Keyring> nested = new ArrayList<>();
    private KeyState state = KeyState.VALID;
    private Restriction restriction = new Restriction.None();
    private boolean writable = true;

    private Builder(String name) {
      this.name = name;
    }

    public String name() {
      return name;
    }

    public Builder state(KeyState newState) {
      state = newState;
      return this;
    }

    public KeyState state() {
      return state;
    }

    public Builder restriction(Restriction newRestriction) {
      restriction = newRestriction;
      return this;
    }

    public Restriction restriction() {
      return restriction;
    }

    /** Whether user space may add keys. */
    public Builder writable(boolean newWritable) {
      writable = newWritable;
      return this;
    }

    public boolean writable() {
      return writable;
    }

    /** Links a key; an earlier one of the same description is unlinked. */
    public Builder link(Key key) {
      keys.remove(key.description());
      keys.put(key.description(), key);
      return this;
    }

    /** Links a keyring. */
    public Builder link(Keyring keyring) {
      nested.add(keyring);
      return this;
    }

    public Keyring build() {
      return new Keyring(this);
    }
  }
}

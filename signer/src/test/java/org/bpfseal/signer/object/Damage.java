// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.bpfseal.testing.MalformedVector;
import org.bpfseal.testing.ObjectVector;
import org.bpfseal.verifier.bytes.Bytes;

/** Objects that are nearly right: vectors with a few bytes changed. */
public final class Damage {
  private static final List<Bytes> OBJECTS =
      Stream.concat(
              ObjectVector.all().stream().map(ObjectVector::object),
              MalformedVector.all().stream().map(MalformedVector::object))
          .map(
              path -> {
                try {
                  return Bytes.owning(Files.readAllBytes(path));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .filter(file -> !file.isEmpty())
          .toList();

  private Damage() {}

  /** The objects to damage, good ones first. */
  public static List<Bytes> objects() {
    return OBJECTS;
  }

  /**
   * One of the objects, changed: the first byte chooses it, then each 4 bytes are a place and a new
   * value; without any it stays whole.
   */
  public static Bytes apply(byte[] recipe) {
    return recipe.length == 0
        ? OBJECTS.getFirst()
        : apply(OBJECTS.get((recipe[0] & 0xff) % OBJECTS.size()), recipe, 1);
  }

  /** Changes bytes as a recipe says from an index on. */
  public static Bytes apply(Bytes original, byte[] recipe, int from) {
    byte[] changed = original.toArray();
    for (int i = from; i + 3 < recipe.length && changed.length > 0; i += 4) {
      int place =
          ((recipe[i] & 0xff) << 16) | ((recipe[i + 1] & 0xff) << 8) | (recipe[i + 2] & 0xff);
      changed[place % changed.length] = recipe[i + 3];
    }
    return Bytes.owning(changed);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bpfseal.signer.object.Damage;
import org.bpfseal.testing.ObjectVector;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each good vector with random bytes, words and lengths changed, always the same ones. */
class DamagedObjectTest {
  private static final int CASES = 400;
  private static final int[] WORDS = {0, 1, 7, 0x7fffffff, 0x80000000, -1, 0xffff, 0x10000};

  static List<Integer> vectors() {
    return IntStream.range(0, ObjectVector.all().size()).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void givesASkeletonOrARefusal(int vector) {
    Random random = new Random(vector);
    byte[] original = Damage.objects().get(vector).toArray();
    for (int i = 0; i < CASES; i++) {
      byte[] changed = original.clone();
      for (int j = 0; j <= random.nextInt(3); j++) {
        int at = random.nextInt(changed.length / 4) * 4;
        int word = random.nextBoolean() ? random.nextInt() : WORDS[random.nextInt(WORDS.length)];
        if (random.nextBoolean()) {
          changed[at] = (byte) word;
        } else {
          for (int k = 0; k < 4; k++) {
            changed[at + k] = (byte) (word >> (8 * k));
          }
        }
      }
      LightSkeletonFuzzTest.generate(Bytes.owning(changed));
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void isRefusedAtEveryLength(int vector) {
    Bytes original = Damage.objects().get(vector);
    for (int length = 0; length < original.size(); length += 1 + original.size() / 200) {
      LightSkeletonFuzzTest.generate(original.slice(0, length));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes distinguished names: of every shape that the kernel makes a description of. */
final class NameMaker {
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String ORGANIZATION = "2.5.4.10";
  private static final String MAIL = "1.2.840.113549.1.9.1";
  private static final String[] TYPES = {COMMON_NAME, ORGANIZATION, MAIL, "2.5.4.6", "2.5.4.11"};
  private static final int[] TAGS = {Der.PRINTABLE_STRING, 0x14, 0x16, 0x1c, 0x1e, 0x80};
  private static final String[] WORDS = {
    "Example",
    "Example Trust",
    "Example Trust Root",
    "example",
    "Build",
    "",
    "A",
    "Exam\0ple",
    "Zürich Lab"
  };

  private NameMaker() {}

  static Node name(Random random) {
    if (random.nextInt(60) == 0) {
      return Der.sequence();
    }
    List<Node> parts = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      for (int i = random.nextInt(4); i >= 0; i--) {
        parts.add(part(TYPES[random.nextInt(TYPES.length)], words(random), random));
      }
    } else {
      parts.add(part(COMMON_NAME, "Signer " + random.nextInt(1000), random));
    }
    return Der.sequence(parts);
  }

  private static String words(Random random) {
    String word = WORDS[random.nextInt(WORDS.length)];
    return random.nextInt(20) == 0 ? word + "x".repeat(random.nextInt(300)) : word;
  }

  private static Node part(String type, String value, Random random) {
    int tag = random.nextInt(4) == 0 ? TAGS[random.nextInt(TAGS.length)] : Der.UTF8_STRING;
    Node one = Der.sequence(Der.oid(type), Der.text(tag, value));
    if (random.nextInt(60) == 0) {
      one = Der.sequence(Der.oid(type), AnyMaker.any(random));
    }
    if (random.nextInt(40) == 0) {
      Node another = Der.sequence(Der.oid(TYPES[random.nextInt(TYPES.length)]), Der.nothing());
      return Der.set(one, another);
    }
    return Der.set(one);
  }
}

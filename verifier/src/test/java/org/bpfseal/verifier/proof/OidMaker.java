// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Makes object identifiers: those that the kernel or a CMS library knows, and odd forms of them.
 */
final class OidMaker {
  private static final List<String> KNOWN =
      Stream.concat(
              Hash.ALL.stream().flatMap(hash -> Stream.of(hash.oid, hash.rsaOid, hash.ecdsaOid)),
              Stream.of(
                  "1.2.840.113549.1.1.1",
                  "1.2.840.113549.1.1.7",
                  "1.2.840.113549.1.1.10",
                  "1.2.840.113549.1.1.6",
                  "1.2.840.10040.4.1",
                  "1.2.840.10040.4.3",
                  "1.2.840.10045.2.1",
                  "1.2.156.10197.1.301",
                  "1.3.101.112",
                  "1.3.101.113",
                  "1.2.840.113549.1.7.1",
                  "1.2.840.113549.1.7.2",
                  "1.2.840.113549.1.7.3",
                  "1.2.840.113549.1.9.16.1.4",
                  "1.3.6.1.4.1.311.2.1.4",
                  "1.2.840.113549.1.9.3",
                  "1.2.840.113549.1.9.4",
                  "1.2.840.113549.1.9.5",
                  "1.2.840.113549.1.9.15",
                  "1.2.840.113549.1.9.6",
                  "1.3.6.1.4.1.311.2.1.11",
                  "1.3.6.1.4.1.311.2.1.12",
                  "1.3.6.1.4.1.311.2.1.15",
                  "1.2.840.10045.3.1.1",
                  "1.2.840.10045.3.1.7",
                  "1.3.132.0.34",
                  "1.3.132.0.35",
                  "1.3.132.0.10",
                  "2.5.29.14",
                  "2.5.29.15",
                  "2.5.29.19",
                  "2.5.29.35",
                  "2.5.29.17",
                  "2.5.4.3",
                  "2.5.4.10",
                  "1.2.840.113549.1.9.1",
                  "2.5.4.6",
                  "1.2.643.7.1.1.1.1",
                  "1.2.643.7.1.1.1.2",
                  "2.16.840.1.101.3.4.3.17",
                  "2.16.840.1.101.3.4.3.18",
                  "2.16.840.1.101.3.4.3.19",
                  "2.16.840.1.101.3.4.3.20"))
          .distinct()
          .toList();

  private OidMaker() {}

  /** Contents octets of one. */
  static Bytes contents(Random random) {
    return ((Node.Body.Octets) Der.oid(KNOWN.get(random.nextInt(KNOWN.size()))).body()).bytes();
  }

  /** The same identifier in a form that isn't the shortest, or a neighbour of it. */
  static Bytes odd(Bytes contents, Random random) {
    if (contents.isEmpty()) {
      return contents(random);
    }
    int last = contents.size() - 1;
    int at = random.nextInt(contents.size());
    return switch (random.nextInt(6)) {
      case 0 -> Bytes.concat(contents.slice(0, at), Bytes.of((byte) 0x80), contents.from(at));
      case 1 -> Bytes.concat(contents, Bytes.of((byte) random.nextInt(128)));
      case 2 -> contents.slice(0, last);
      case 3 -> Bytes.concat(contents.slice(0, last), Bytes.of((byte) (contents.at(last) ^ 0x80)));
      case 4 ->
          Bytes.concat(
              contents.slice(0, last),
              Bytes.of((byte) (contents.at(last) + random.nextInt(3) - 1)));
      default -> Bytes.concat(contents, Bytes.owning(new byte[1 + random.nextInt(400)]));
    };
  }
}

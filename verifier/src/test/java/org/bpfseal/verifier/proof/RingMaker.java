// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Adds to a keyring's payloads what else is given to add_key: duplicates, namesakes, other files.
 */
final class RingMaker {
  private final Random random;
  private final CertificateMaker certificates;
  private final List<String> story;

  RingMaker(Random random, CertificateMaker certificates, List<String> story) {
    this.random = random;
    this.certificates = certificates;
    this.story = story;
  }

  /**
   * The payloads with others among them now and then.
   *
   * @param ring the certificates
   * @param payloads one for each, perhaps changed
   * @param other a key for a namesake
   */
  List<Bytes> among(List<Certificate> ring, List<Bytes> payloads, LabKey other) {
    List<Bytes> all = new ArrayList<>(payloads);
    if (!all.isEmpty() && random.nextInt(25) == 0) {
      story.add("ring-twice");
      all.add(random.nextInt(all.size() + 1), all.get(random.nextInt(all.size())));
    }
    if (random.nextInt(25) == 0) {
      int which = random.nextInt(KINDS);
      story.add("ring-file:" + which);
      all.add(random.nextInt(all.size() + 1), file(which, other));
    }
    if (ring.size() == 1 && all.size() == 1 && random.nextInt(4) == 0) {
      // Of two keys of one description the later one stays; of any other two with one identifier
      // only the kernel knows which it meets first.
      story.add("ring-displaced");
      Certificate one = ring.getFirst();
      Bytes namesake = certificates.displacing(one, other).der();
      return random.nextBoolean() ? List.of(one.der(), namesake) : List.of(namesake, one.der());
    }
    return all;
  }

  private static final int KINDS = 9;

  private Bytes file(int which, LabKey key) {
    Bytes certificate = certificates.selfSigned(key).der();
    return switch (which) {
      case 0 -> Bytes.EMPTY;
      case 1 -> Bytes.of((byte) random.nextInt(256));
      case 2 -> pem(certificate);
      case 3 -> Encoding.of(key.publicKey());
      case 4 -> privateKey(key);
      case 5 -> Encoding.of(Der.sequence(Der.sequence(Der.integer(1)), Der.sequence()));
      case 6 ->
          new Bytes[] {Bytes.hex("30800000"), Bytes.hex("3000"), Bytes.hex("0000")}
              [random.nextInt(3)];
      case 7 -> Encoding.of(AnyMaker.any(random));
      default -> random(200);
    };
  }

  private Bytes random(int most) {
    byte[] octets = new byte[1 + random.nextInt(most)];
    random.nextBytes(octets);
    return Bytes.owning(octets);
  }

  private static Bytes pem(Bytes der) {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(der.toArray());
    return Bytes.utf8("-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
  }

  /** PKCS #8, whose parser is a module that isn't loaded. */
  private Bytes privateKey(LabKey key) {
    return Encoding.of(
        Der.sequence(Der.integer(0), key.publicKey().nodes().getFirst(), Der.octets(random(100))));
  }
}

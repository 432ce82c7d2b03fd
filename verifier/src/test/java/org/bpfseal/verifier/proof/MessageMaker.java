// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bpfseal.verifier.bytes.Bytes;

/** Makes CMS messages: mostly usual ones, each part odd now and then. */
final class MessageMaker {
  private static final String DATA = "1.2.840.113549.1.7.1";
  private static final String CONTENT_TYPE = "1.2.840.113549.1.9.3";
  private static final String MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
  private static final String SIGNING_TIME = "1.2.840.113549.1.9.5";
  private static final String CAPABILITIES = "1.2.840.113549.1.9.15";

  /** The signer's certificate, the protocol's, a countersignature, Microsoft's, none of these. */
  private static final String[] OTHERS = {
    "1.2.840.113549.1.9.16.2.47",
    "1.2.840.113549.1.9.52",
    "1.2.840.113549.1.9.6",
    "1.3.6.1.4.1.311.2.1.11",
    "1.3.6.1.4.1.311.2.1.12",
    "1.2.3.4.5",
    "1.2.3.4.5",
    "1.2.3.4.5"
  };

  private static final int ODD = 80;

  private final Random random;
  private final boolean calm;

  /**
   * A maker.
   *
   * @param calm whether all messages are well-formed
   */
  MessageMaker(Random random, boolean calm) {
    this.random = random;
    this.calm = calm;
  }

  private boolean odd() {
    return !calm && random.nextInt(ODD) == 0;
  }

  /**
   * A message.
   *
   * @param content what is signed; not in the message, save oddly
   * @param signers one SignerInfo each
   * @param inside certificates that it carries
   */
  Node message(Bytes content, List<Certificate> signers, List<Certificate> inside) {
    boolean bySkid = random.nextInt(5) < (calm ? 1 : 3);
    boolean attributes = random.nextInt(5) < 2;
    String type = odd() ? "1.3.6.1.4.1.311.2.1.4" : DATA;
    List<Node> infos = new ArrayList<>();
    List<Node> digests = new ArrayList<>();
    for (Certificate signer : signers) {
      Hash hash = hash(signer.key());
      digests.add(Der.algorithmWithNull(hash.oid));
      boolean skid = odd() != bySkid;
      boolean signed = odd() != attributes;
      infos.add(info(infos.size(), content, signer, hash, skid, signed, type));
    }
    List<Node> parts = new ArrayList<>();
    parts.add(Der.integer(odd() ? random.nextInt(6) : bySkid ? 3 : 1));
    parts.add(odd() ? Der.set() : Node.of(Der.SET, digests));
    parts.add(odd() ? attached(type, content) : Der.sequence(Der.oid(type)));
    if (!inside.isEmpty() || odd()) {
      parts.add(Node.of(0xa0, inside.stream().map(Certificate::tree).toList()));
    }
    if (odd() && random.nextBoolean()) {
      parts.add(Node.of(0xa1, List.of(Der.sequence(signers.getFirst().tree()))));
    }
    parts.add(Node.of(Der.SET, infos));
    return Der.sequence(Der.oid("1.2.840.113549.1.7.2"), Der.context(0, Der.sequence(parts)));
  }

  private Node attached(String type, Bytes content) {
    Node inner =
        switch (random.nextInt(6)) {
          case 0 -> Der.octets(Bytes.EMPTY);
          case 1 -> Node.of(0x24, List.of(Der.octets(content)));
          case 2 -> Node.of(0x24, List.of(Der.octets(content))).sized(new Node.Length.Indefinite());
          case 3 -> AnyMaker.any(random);
          default -> Der.octets(content);
        };
    return Der.sequence(Der.oid(type), Der.context(0, inner));
  }

  private Hash hash(LabKey key) {
    return switch (key) {
      case GostKey gost when !odd() -> gost.ownHash();
      case MlDsaKey _ when random.nextInt(3) != 0 -> Hash.SHA512;
      case RsaKey _, EcKey _, ForeignKey _, GostKey _, MlDsaKey _ -> Hash.any(random);
    };
  }

  private Node info(
      int number,
      Bytes content,
      Certificate signer,
      Hash hash,
      boolean bySkid,
      boolean attributes,
      String type) {
    String label = "attributes:" + number;
    List<Node> parts = new ArrayList<>();
    parts.add(Der.integer(odd() ? random.nextInt(4) : bySkid ? 3 : 1));
    parts.add(bySkid ? Der.context(0, signer.skid()) : issuerAndSerial(signer));
    parts.add(
        odd()
            ? Der.sequence(Der.oid(hash.oid), AnyMaker.any(random))
            : Der.algorithmWithNull(hash.oid));
    if (attributes) {
      parts.add(attributes(content, hash, type).labelled(label));
    }
    parts.add(signatureAlgorithm(signer.key(), hash));
    Bytes signed = random.nextInt(25) == 0 ? RsaFlaw.flipped(content, random, 0) : content;
    LabKey key = signer.key();
    long flaw = random.nextInt(key instanceof RsaKey ? 10 : 5) == 0 ? random.nextLong() : 0;
    parts.add(
        Node.of(
            Der.OCTET_STRING,
            all ->
                key.sign(hash, all.has(label) ? signedBytes(all, label, signed) : signed, flaw)));
    if (random.nextInt(15) == 0) {
      parts.add(Der.context(1, attribute("1.2.3.4.5", Der.octets(content))));
    }
    return Der.sequence(parts);
  }

  private static Node issuerAndSerial(Certificate signer) {
    return Der.sequence(signer.issuer(), signer.serial());
  }

  private Node signatureAlgorithm(LabKey key, Hash hash) {
    if (odd()) {
      return key.certificateAlgorithm(hash);
    }
    return key.messageAlgorithm(random.nextInt(10) == 0 ? Hash.any(random) : hash);
  }

  /** The kernel signs the attributes with the tag of a SET; in a SEQUENCE they aren't signed. */
  private static Bytes signedBytes(Encoding all, String label, Bytes content) {
    Bytes element = all.element(label);
    boolean isSequence = !element.isEmpty() && (element.at(0) & 0x1f) == 2;
    return element.isEmpty() || isSequence
        ? content
        : Bytes.concat(Bytes.of((byte) Der.SET), element.from(1));
  }

  private Node attributes(Bytes content, Hash hash, String type) {
    List<Node> all = new ArrayList<>();
    all.add(attribute(CONTENT_TYPE, Der.oid(odd() ? "1.2.840.113549.1.7.3" : type)));
    Bytes digest = hash.of(content);
    all.add(
        attribute(MESSAGE_DIGEST, Der.octets(odd() ? RsaFlaw.flipped(digest, random, 0) : digest)));
    if (random.nextInt(2) == 0) {
      all.add(attribute(SIGNING_TIME, signingTime()));
    }
    if (odd()) {
      all.add(attribute(CAPABILITIES, Der.sequence()));
    }
    while (random.nextInt(8) == 0) {
      all.add(attribute(OTHERS[random.nextInt(OTHERS.length)], other(digest)));
    }
    if (odd()) {
      all.add(all.get(random.nextInt(all.size())));
    }
    if (random.nextInt(4) == 0) {
      Collections.shuffle(all, random);
    }
    return Node.of(random.nextInt(12) == 0 ? 0xa2 : 0xa0, all);
  }

  /** Also about the first and the last second of usual certificates. */
  private Node signingTime() {
    if (!calm && random.nextInt(8) == 0) {
      return TimeMaker.time(random);
    }
    String[] borders = {
      "200101000000Z",
      "191231235959Z",
      "191231240000Z",
      "191231235960Z",
      "350101000000Z",
      "350101000001Z",
      "341231240000Z",
      "341231240001Z"
    };
    String year = Integer.toString(10 + random.nextInt(30));
    String time =
        random.nextInt(6) == 0 ? borders[random.nextInt(borders.length)] : year + "0101000000Z";
    return Der.text(Der.UTC_TIME, time);
  }

  private Node other(Bytes digest) {
    return switch (random.nextInt(4)) {
      case 0 -> AnyMaker.any(random);
      case 1 -> Der.octets(Bytes.owning(new byte[random.nextInt(random.nextInt(4) * 2000 + 9)]));
      default -> Der.sequence(Der.octets(digest));
    };
  }

  private Node attribute(String type, Node value) {
    if (!odd()) {
      return Der.sequence(Der.oid(type), Der.set(value));
    }
    return Der.sequence(
        Der.oid(type),
        switch (random.nextInt(4)) {
          case 0 -> Der.set();
          case 1 -> Der.set(value, value);
          case 2 -> Der.set(value, AnyMaker.any(random));
          default -> Der.sequence(value);
        });
  }
}

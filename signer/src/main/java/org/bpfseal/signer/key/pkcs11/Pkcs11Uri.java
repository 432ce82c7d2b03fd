// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.pkcs11;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A PKCS#11 URI, RFC 7512: {@code pkcs11:token=release;object=bpf?module-path=/usr/lib/x.so}.
 *
 * <p>The path's attributes choose token and key, the query's say how to get at them. Refused: an
 * attribute that isn't known here, since leaving it out would widen the choice; one that stands
 * twice; {@code pin-value}, since everybody on the machine can read a command line.
 */
public final class Pkcs11Uri {
  private static final String SCHEME = "pkcs11:";
  private static final Set<String> PATH =
      Set.of("token", "manufacturer", "model", "serial", "slot-id", "object", "id", "type");
  private static final Set<String> QUERY = Set.of("module-path", "pin-source");

  private final Map<String, Bytes> attributes;

  private Pkcs11Uri(Map<String, Bytes> attributes) {
    this.attributes = attributes;
  }

  /**
   * Reads one.
   *
   * @throws KeyRefusedException that says which part is wrong
   */
  public static Pkcs11Uri of(String text) throws KeyRefusedException {
    if (!text.startsWith(SCHEME)) {
      throw bad("it doesn't start with pkcs11:");
    }
    int question = text.indexOf('?');
    String path = text.substring(SCHEME.length(), question < 0 ? text.length() : question);
    Map<String, Bytes> attributes = new HashMap<>();
    read(path, ";", PATH, attributes);
    if (question >= 0) {
      read(text.substring(question + 1), "&", QUERY, attributes);
    }
    Pkcs11Uri uri = new Pkcs11Uri(attributes);
    uri.check();
    return uri;
  }

  /** The value of an attribute as text. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(attributes.get(name)).map(Bytes::toUtf8);
  }

  /** The key's CKA_ID. */
  Optional<Bytes> id() {
    return Optional.ofNullable(attributes.get("id"));
  }

  private void check() throws KeyRefusedException {
    Optional<String> type = text("type");
    if (type.isPresent() && !List.of("private", "cert").contains(type.get())) {
      throw bad("type is \"" + type.get() + "\", and a signing key's is private");
    }
    Optional<String> slot = text("slot-id");
    if (slot.isPresent() && !slot.get().matches("[0-9]{1,18}")) {
      throw bad("slot-id is no number");
    }
  }

  private static void read(
      String text, String separator, Set<String> known, Map<String, Bytes> attributes)
      throws KeyRefusedException {
    if (text.isEmpty()) {
      return;
    }
    for (String part : text.split(separator, -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      if (name.equals("pin-value")) {
        throw new KeyRefusedException(
            "a PIN in the URI can be read by everybody who sees this command line",
            "use pin-source=file:PATH, or --key-password env:NAME, file:PATH, stdin or prompt");
      }
      if (equals < 0 || !known.contains(name)) {
        throw bad("no attribute \"" + name + "\" here");
      }
      if (attributes.put(name, decode(part.substring(equals + 1))) != null) {
        throw bad("attribute \"" + name + "\" stands twice");
      }
    }
  }

  private static Bytes decode(String text) throws KeyRefusedException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        out.write(bytes[i]);
        continue;
      }
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw bad("a % without two hex digits");
      }
      out.write(high << 4 | low);
      i += 2;
    }
    return Bytes.owning(out.toByteArray());
  }

  private static KeyRefusedException bad(String problem) {
    return new KeyRefusedException(
        "not a PKCS#11 URI that can be followed: " + problem,
        "like pkcs11:token=release;object=bpf, RFC 7512");
  }
}

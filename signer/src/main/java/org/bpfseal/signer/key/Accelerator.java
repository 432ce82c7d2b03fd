// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.security.Provider;
import java.util.Optional;

/**
 * The Amazon Corretto Crypto Provider, if the user put its jar on the class path: AWS-LC behind
 * JCA, which signs with RSA about three times as fast as the JDK. It is never registered: only keys
 * that are {@linkplain SigningKey#accelerated told to} use it.
 */
public sealed interface Accelerator {
  /** From so many inputs on it saves more time than its native library takes to load. */
  int WORTHWHILE = 50;

  /** It can be used. */
  record Ready(Provider provider) implements Accelerator {}

  /** Its classes are there, but they don't run on this machine. */
  record Broken(String reason) implements Accelerator {}

  /** It is not on the class path. */
  record Absent() implements Accelerator {}

  /** Loads it. */
  static Accelerator load() {
    return load("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");
  }

  /**
   * Loads a provider by its class, whose one object is in the field INSTANCE. One that found its
   * library missing has no algorithms.
   */
  static Accelerator load(String name) {
    try {
      Object found = Class.forName(name).getField("INSTANCE").get(null);
      return Optional.ofNullable(found)
          .filter(Provider.class::isInstance)
          .map(Provider.class::cast)
          .filter(provider -> provider.getService("Signature", "SHA256withRSA") != null)
          .<Accelerator>map(Ready::new)
          .orElseGet(() -> new Broken(name + " has no RSA: its native library doesn't load"));
    } catch (ClassNotFoundException e) {
      return new Absent();
    } catch (ReflectiveOperationException | LinkageError e) {
      return new Broken(name + ": " + e);
    }
  }
}

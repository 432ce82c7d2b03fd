// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.source;

import java.security.Provider;
import java.security.Security;
import org.bpfseal.signer.key.KeyRefusedException;

/** Loads a JCA provider by name or class. It is used as an object and never registered. */
public final class ProviderLoader {
  private ProviderLoader() {}

  /**
   * The provider.
   *
   * @param text {@code NAME} of one that the JDK has, or {@code CLASS} on the class path, each with
   *     {@code =ARGUMENT} if it takes one: {@code SunPKCS11=token.cfg}
   */
  public static Provider load(String text) throws KeyRefusedException {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    Provider provider = Security.getProvider(name);
    if (provider == null) {
      provider = instance(name);
    }
    if (equals < 0) {
      return provider;
    }
    try {
      return provider.configure(text.substring(equals + 1));
    } catch (RuntimeException e) {
      throw new KeyRefusedException(
          "provider " + name + " doesn't take its argument: " + e.getMessage(), "");
    }
  }

  private static Provider instance(String name) throws KeyRefusedException {
    try {
      Object made = Class.forName(name).getDeclaredConstructor().newInstance();
      if (made instanceof Provider provider) {
        return provider;
      }
      throw new KeyRefusedException(name + " is no security provider", "");
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new KeyRefusedException(
          "no security provider \"" + name + "\"",
          "give its name or its class, and put its jar on the class path");
    }
  }
}

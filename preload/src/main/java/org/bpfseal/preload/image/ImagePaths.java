// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.image;

import java.util.Locale;

/** Where the boot loader looks for what, without the leading slash. */
public final class ImagePaths {
  public static final String INIT = "usr/lib/bpfseal/init";
  public static final String MANIFEST = "etc/bpfseal/manifest";
  public static final String MANIFEST_SIGNATURE = MANIFEST + ".p7s";

  /** The guard's folder, with a slash at its end. */
  public static final String GUARD = "etc/bpfseal/guard/";

  public static final String DATA = "data";

  /** On the running machine: where the pins of links are seen, in a folder for each program. */
  public static final String PINS = "/run/initramfs/bpfseal/";

  private static final String CERTIFICATES = "etc/bpfseal/certs/";
  private static final String PROGRAMS = "etc/bpfseal/programs/";

  private ImagePaths() {}

  public static String certificate(String name) {
    return CERTIFICATES + name;
  }

  /**
   * A program's folder, with a slash at its end.
   *
   * @param position in the manifest, from 1
   */
  public static String program(int position, String name) {
    return String.format(Locale.ROOT, "%s%02d-%s/", PROGRAMS, position, name);
  }

  public static String insns(String generation) {
    return generation + "/insns";
  }

  public static String signature(String generation) {
    return generation + "/sig.p7s";
  }
}

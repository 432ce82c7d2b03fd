// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cms;

/**
 * How a message names its signer, and how it spells a digest's missing parameters. The kernel takes
 * all three; each is what one other tool writes.
 */
public enum MessageForm {
  /** CMS version 3, by subject key identifier: bpftool, {@code sign-file -k}. */
  KEY_ID("skid"),
  /** CMS version 1, by issuer and serial number: {@code sign-file}. */
  ISSUER_AND_SERIAL("issuer"),
  /** The same as PKCS#7 has it, with a NULL after the digest's name: {@code fsverity sign}. */
  PKCS7("pkcs7");

  private final String id;

  MessageForm(String id) {
    this.id = id;
  }

  /** The name on the command line. */
  public String id() {
    return id;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

/**
 * What an image promises of one thing on one kernel, and who keeps the promise.
 *
 * @param item {@code manifest}, {@code loads}, a program's name, or {@code PROGRAM/LINK}
 * @param text what is promised
 */
public record Guarantee(String item, Carrier carrier, String text) {
  static Guarantee of(String item, Carrier carrier, String text) {
    return new Guarantee(item, carrier, text);
  }
}

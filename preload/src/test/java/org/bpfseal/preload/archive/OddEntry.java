// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.bpfseal.verifier.bytes.Bytes;

/** A newc entry whose every field can be wrong. What isn't set fits name and content. */
final class OddEntry {
  private static final int HEADER = 110;

  private final Bytes name;
  private final Bytes content;
  String magic = "070701";
  long inode = 1;
  long mode;
  long owner;
  long group;
  long links = 1;
  long contentSize;
  long deviceMajor;
  long deviceMinor;
  long nameSize;
  long sum;
  boolean upperCase;
  int badDigit = -1;
  int padding;
  int headerSize = HEADER;

  /** The name is written as it is: with its NUL, if it is to have one. */
  OddEntry(Bytes name, long mode, Bytes content) {
    this.name = name;
    this.mode = mode;
    this.content = content;
    nameSize = name.size();
    contentSize = content.size();
  }

  long sumOfContent() {
    long found = 0;
    for (int i = 0; i < content.size(); i++) {
      found += content.at(i);
    }
    return found & 0xffff_ffffL;
  }

  Bytes bytes() {
    String digits =
        "%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x"
            .formatted(
                inode,
                mode,
                owner,
                group,
                links,
                1_700_000_000L,
                contentSize,
                8,
                1,
                deviceMajor,
                deviceMinor,
                nameSize,
                sum);
    StringBuilder header =
        new StringBuilder(magic)
            .append(upperCase ? digits.toUpperCase(java.util.Locale.ROOT) : digits);
    if (badDigit >= 0) {
      header.setCharAt(magic.length() + badDigit, 'g');
    }
    header.setLength(headerSize);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(name.toArray());
    pad(out, HEADER + name.size());
    out.writeBytes(content.toArray());
    pad(out, content.size());
    return Bytes.owning(out.toByteArray());
  }

  private void pad(ByteArrayOutputStream out, int size) {
    for (int i = size; i % 4 != 0; i++) {
      out.write(padding);
    }
  }
}

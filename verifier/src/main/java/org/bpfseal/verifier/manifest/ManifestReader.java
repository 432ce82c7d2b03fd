// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads a manifest, version 1. Its lines, in this order:
 *
 * <pre>
 *   bpfseal-manifest 1
 *   version N                              1 to 4294967295
 *   keyring user|builtin|secondary|platform
 *   cert NAME.der SHA256                   1 to 16 for keyring user, else none
 *   failure halt|reboot
 *   next /PATH
 * </pre>
 *
 * <p>for an image with a guard
 *
 * <pre>
 *   guard types|signed|any                 what may be loaded once sealed
 *   data SIZE SHA256                       the guard's own blob, forms, maps and programs as below, without pins
 *   form ...
 *   map ...
 *   prog ...
 *   confirm NAME.der SHA256                0 to 16 certificates whose keys may sign tokens
 * </pre>
 *
 * <p>then 1 to 64 programs, each of
 *
 * <pre>
 *   program NAME required|optional
 *   data SIZE SHA256                       the blob
 *   form 7.3 SIZE SHA256                   the instructions; one of the two forms or both
 *   form 6.18 SIZE SHA256
 *   map NAME TYPE [pin]                    0 to 64, by index
 *   prog NAME TYPE                         0 to 32, in load order
 *   link NAME PROG KIND [KEY=VALUE ...] [HOLD]   0 to 64; HOLD: stop-on-confirm[=NAME.der,...|=none] [best-effort]
 * </pre>
 *
 * <p>Strict ASCII text of at most 64 KiB: no blank line, nothing unknown, nothing twice, nothing
 * out of order, one spelling for each content. Numbers are decimal without leading zeros, sizes
 * multiples of 8, hashes 64 lower-case hex digits, paths absolute and in their shortest spelling.
 * The boot loader's reader in C refuses the same manifests at the same line.
 */
public final class ManifestReader {
  private static final int SIZE_MOST = 64 * 1024;
  private static final int CERTIFICATES_MOST = 16;
  private static final int PROGRAMS_MOST = 64;
  private static final String FIRST_WORD = "bpfseal-manifest";

  private final LineReader in;

  private ManifestReader(Bytes text) {
    in = new LineReader(text);
  }

  /** Whether a file begins like a manifest, so that its faults are reported as one's. */
  public static boolean recognises(Bytes file) {
    return file.startsWith(Bytes.utf8(FIRST_WORD));
  }

  /**
   * The manifest.
   *
   * @throws FormatException at the first fault; its path is the line, as {@code line 7}
   */
  public static Manifest read(Bytes text) throws FormatException {
    if (text.size() > SIZE_MOST) {
      throw LineReader.failWhole("expected at most 65536 bytes, found " + text.size());
    }
    return new ManifestReader(text).manifest();
  }

  private Manifest manifest() throws FormatException {
    long version = version();
    KeyringKind keyring = keyring();
    List<CertificateEntry> certificates = certificates(keyring);
    FailureMode failure = failure();
    String next = next();
    Optional<GuardEntry> guard = guard();
    return new Manifest(version, keyring, certificates, failure, next, guard, programs(guard));
  }

  private long version() throws FormatException {
    in.next();
    in.expect(FIRST_WORD, 2, "bpfseal-manifest 1");
    if (!in.word(1).equals("1")) {
      throw in.fail(1, "bpfseal-manifest 1");
    }
    in.next();
    in.expect("version", 2, "version N");
    if (!WordShape.isNumber(in.word(1), 1, 0xffff_ffffL)) {
      throw in.fail(1, "a number from 1 to 4294967295");
    }
    return Long.parseLong(in.word(1));
  }

  private KeyringKind keyring() throws FormatException {
    String shape = "keyring user|builtin|secondary|platform";
    in.next();
    in.expect("keyring", 2, shape);
    for (KeyringKind kind : KeyringKind.values()) {
      if (kind.text().equals(in.word(1))) {
        in.next();
        return kind;
      }
    }
    throw in.fail(1, shape);
  }

  private List<CertificateEntry> certificates(KeyringKind keyring) throws FormatException {
    if (in.is("cert") && keyring != KeyringKind.USER) {
      throw in.fail(0, "no cert line, they belong to keyring user");
    }
    List<CertificateEntry> found = certificates("cert");
    if (keyring == KeyringKind.USER && found.isEmpty()) {
      throw in.fail(0, "cert NAME.der SHA256, keyring user needs one");
    }
    return found;
  }

  private List<CertificateEntry> certificates(String keyword) throws FormatException {
    List<CertificateEntry> found = new ArrayList<>();
    while (in.is(keyword)) {
      if (found.size() == CERTIFICATES_MOST) {
        throw in.fail(0, "at most 16 such lines");
      }
      in.expect(keyword, 3, keyword + " NAME.der SHA256");
      String name = in.expect(1, WordShape.CERTIFICATE_FILE, "a file name that ends with .der");
      if (found.stream().anyMatch(earlier -> earlier.name().equals(name))) {
        throw in.fail(1, "a certificate not named before");
      }
      found.add(new CertificateEntry(name, sha256(in, 2)));
      in.next();
    }
    return found;
  }

  private FailureMode failure() throws FormatException {
    String shape = "failure halt|reboot";
    in.expect("failure", 2, shape);
    for (FailureMode mode : FailureMode.values()) {
      if (mode.text().equals(in.word(1))) {
        in.next();
        return mode;
      }
    }
    throw in.fail(1, shape);
  }

  private String next() throws FormatException {
    in.expect("next", 2, "next /ABSOLUTE/PATH");
    String path = in.word(1);
    if (!WordShape.isPath(path)) {
      throw in.fail(1, "an absolute path");
    }
    in.next();
    return path;
  }

  private Optional<GuardEntry> guard() throws FormatException {
    if (!in.is("guard")) {
      return Optional.empty();
    }
    LoadPolicy loads = loads();
    ProgramEntryReader parts = new ProgramEntryReader(in, Optional.empty(), List.of());
    return Optional.of(parts.guard(loads, () -> certificates("confirm")));
  }

  private LoadPolicy loads() throws FormatException {
    String shape = "guard types|signed|any";
    in.expect("guard", 2, shape);
    for (LoadPolicy policy : LoadPolicy.values()) {
      if (policy.text().equals(in.word(1))) {
        in.next();
        return policy;
      }
    }
    throw in.fail(1, shape);
  }

  private List<ProgramEntry> programs(Optional<GuardEntry> guard) throws FormatException {
    List<ProgramEntry> programs = new ArrayList<>();
    do {
      if (programs.size() == PROGRAMS_MOST) {
        throw in.fail(0, "at most 64 programs");
      }
      programs.add(new ProgramEntryReader(in, guard, programs).read());
    } while (!in.atEnd());
    return programs;
  }

  static Bytes sha256(LineReader in, int word) throws FormatException {
    return Bytes.hex(in.expect(word, WordShape.SHA256, "64 lower-case hex digits"));
  }
}

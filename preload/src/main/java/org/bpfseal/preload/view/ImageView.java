// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.view;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.image.Image;
import org.bpfseal.verifier.manifest.Manifest;

/**
 * An image as its operator sees it.
 *
 * @param size of the file
 * @param files what the boot loader reads and the loader itself, sorted by path
 * @param others how many further entries the kernel unpacks
 * @param signer of the manifest; absent if there is no signature that can be read
 * @param certificates of the keyring, in the manifest's order
 * @param confirmers whose keys may sign tokens
 * @param guard absent if no link can be held
 * @param programs in load order
 * @param trust whose keys the answers are by
 * @param answers by kernel, oldest first; in each the manifest's, the guard's, the programs'
 */
public record ImageView(
    long size,
    List<Image.Segment> segments,
    List<File> files,
    int others,
    Manifest manifest,
    Optional<SignerView> signer,
    List<CertificateView> certificates,
    List<CertificateView> confirmers,
    Optional<ProgramView> guard,
    List<ProgramView> programs,
    Trust trust,
    List<List<KernelAnswer>> answers) {
  /** Copies the lists. */
  public ImageView {
    segments = List.copyOf(segments);
    files = List.copyOf(files);
    certificates = List.copyOf(certificates);
    confirmers = List.copyOf(confirmers);
    programs = List.copyOf(programs);
    answers = answers.stream().map(List::copyOf).toList();
  }

  /**
   * A file of the image.
   *
   * @param path without a leading slash
   */
  public record File(String path, long size, Bytes sha256) {}

  /** Whose keys the manifest's signature was judged by. */
  public enum Trust {
    /** Those of certificates that the operator has named. */
    GIVEN("the certificates given"),
    /** Those of the image itself: its signatures fit together, whoever made them. */
    OWN("the image's own certificates, which say nothing about who made it"),
    /** The kernel's own keys, which aren't known here; nothing was judged. */
    UNKNOWN("none: the keys of the kernel's own keyring aren't known here");

    private final String text;

    Trust(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** The guard, if there is one, then the programs. */
  public List<ProgramView> loaded() {
    return Stream.concat(guard.stream(), programs.stream()).toList();
  }

  /** Whether each kernel that was asked takes all of it. */
  public boolean isAccepted() {
    return answers.stream().flatMap(List::stream).allMatch(KernelAnswer::accepted);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bpfseal.preload.image.ImagePaths;
import org.bpfseal.preload.view.ImageView.Trust;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.crypto.Sha256;
import org.bpfseal.verifier.image.BundleJudge;
import org.bpfseal.verifier.image.Image;
import org.bpfseal.verifier.image.ImageEntry;
import org.bpfseal.verifier.image.ImageReader;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.loader.Inventory;
import org.bpfseal.verifier.loader.LoaderReader;
import org.bpfseal.verifier.manifest.CertificateEntry;
import org.bpfseal.verifier.manifest.GuardEntry;
import org.bpfseal.verifier.manifest.KeyringKind;
import org.bpfseal.verifier.manifest.LinkEntry;
import org.bpfseal.verifier.manifest.Manifest;
import org.bpfseal.verifier.manifest.ManifestReader;
import org.bpfseal.verifier.manifest.ManifestText;
import org.bpfseal.verifier.manifest.ProgEntry;
import org.bpfseal.verifier.manifest.ProgramEntry;

/** Makes the view of an image, or of a whole initrd that an image is part of. */
public final class ImageViewer {
  private static final KernelProfile NEWEST = KernelProfile.debianCloud(KernelRelease.series(7, 3));
  private static final String BUNDLE = "etc/bpfseal/";

  private final SortedMap<String, Bytes> files = new TreeMap<>();
  private final Image image;
  private final Manifest manifest;
  private final List<CertificateView> certificates;
  private final List<CertificateView> confirmers;

  private ImageViewer(Image image) throws FormatException {
    this.image = image;
    // Of one path the kernel keeps the last entry; whether that is a fault is the judge's to say.
    for (ImageEntry entry : image.entries()) {
      if (entry.isFile()
          && (entry.path().startsWith(BUNDLE) || entry.path().equals(ImagePaths.INIT))) {
        files.put(entry.path(), entry.content());
      }
    }
    Bytes text =
        file(ImagePaths.MANIFEST)
            .orElseThrow(
                () ->
                    new FormatException(
                        "preload image",
                        "archive",
                        0,
                        "expected " + ImagePaths.MANIFEST + ", found no such file"));
    manifest = ManifestReader.read(text);
    certificates = certificates(manifest.certificates());
    confirmers = certificates(manifest.guard().map(GuardEntry::confirmers).orElse(List.of()));
  }

  /**
   * The view of an image.
   *
   * @param most bytes that it may become when it is unpacked
   * @param trusted certificates that may have signed it, in DER; none: the image's own
   * @param kernels that are asked; none: those that load such an image, as far as they differ
   * @throws FormatException if it can't be unpacked, or has no manifest that can be read
   */
  public static ImageView view(
      Bytes file, int most, List<Bytes> trusted, List<KernelRelease> kernels)
      throws FormatException {
    ImageViewer viewer = new ImageViewer(ImageReader.read(file, most));
    Trust trust =
        !trusted.isEmpty()
            ? Trust.GIVEN
            : viewer.manifest.keyring() == KeyringKind.USER ? Trust.OWN : Trust.UNKNOWN;
    return viewer.view(file.size(), trust, trusted, kernels);
  }

  /**
   * The same without asking any kernel.
   *
   * @param most bytes that it may become when it is unpacked
   */
  public static ImageView view(Bytes file, int most) throws FormatException {
    ImageViewer viewer = new ImageViewer(ImageReader.read(file, most));
    return viewer.view(file.size(), Trust.UNKNOWN, List.of(), List.of());
  }

  private ImageView view(long size, Trust trust, List<Bytes> trusted, List<KernelRelease> kernels)
      throws FormatException {
    List<List<KernelAnswer>> answers = new ArrayList<>();
    List<KernelRelease> asked = kernels.isEmpty() ? differing() : kernels;
    for (KernelRelease kernel : trust == Trust.UNKNOWN ? List.<KernelRelease>of() : asked) {
      answers.add(answers(kernel, trusted.isEmpty() ? own() : trusted));
    }
    List<ProgramView> programs = new ArrayList<>();
    for (ProgramEntry program : manifest.programs()) {
      int position = programs.size() + 1;
      programs.add(program(position, program, ImagePaths.program(position, program.name())));
    }
    return new ImageView(
        size,
        image.segments(),
        files.entrySet().stream().map(each -> file(each.getKey(), each.getValue())).toList(),
        others(),
        manifest,
        signer(ImagePaths.MANIFEST_SIGNATURE),
        certificates,
        confirmers,
        manifest.guard().map(guard -> program(0, guard.program(), ImagePaths.GUARD)),
        programs,
        trust,
        answers);
  }

  /** Before 6.18 nothing is loaded without a guard. */
  private List<KernelRelease> differing() {
    List<KernelRelease> kernels = new ArrayList<>();
    if (manifest.guard().isPresent()) {
      kernels.add(KernelRelease.series(6, 12));
    }
    kernels.add(KernelRelease.series(6, 18));
    kernels.add(KernelRelease.series(7, 3));
    return kernels;
  }

  private static ImageView.File file(String path, Bytes content) {
    return new ImageView.File(path, content.size(), Sha256.of(content));
  }

  private int others() {
    return (int)
        image.entries().stream()
            .filter(entry -> !entry.isFolder() && !files.containsKey(entry.path()))
            .count();
  }

  private List<KernelAnswer> answers(KernelRelease kernel, List<Bytes> trusted)
      throws FormatException {
    KernelProfile profile = KernelProfile.debianCloud(kernel);
    Keyring.Builder ring = Keyring.named("trusted");
    KernelMirror.of(profile).addKeys(ring, trusted);
    return KernelAnswer.of(kernel, BundleJudge.judge(image, profile, ring.build()));
  }

  private List<Bytes> own() {
    return manifest.certificates().stream()
        .flatMap(entry -> file(ImagePaths.certificate(entry.name())).stream())
        .toList();
  }

  private List<CertificateView> certificates(List<CertificateEntry> entries) {
    KernelMirror mirror = KernelMirror.of(NEWEST);
    return entries.stream()
        .map(each -> CertificateView.of(each, file(ImagePaths.certificate(each.name())), mirror))
        .toList();
  }

  private Optional<Bytes> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  private Optional<SignerView> signer(String path) {
    return file(path).flatMap(message -> SignerView.of(message, NEWEST, certificates));
  }

  private ProgramView program(int position, ProgramEntry entry, String folder) {
    List<ProgramView.Prog> progs = progs(entry, folder);
    return new ProgramView(
        position,
        entry.name(),
        entry.optional(),
        entry.data(),
        entry.forms().entrySet().stream()
            .map(
                form ->
                    new ProgramView.Form(
                        form.getKey(),
                        form.getValue(),
                        signer(folder + ImagePaths.signature(form.getKey().id()))))
            .toList(),
        progs,
        entry.maps(),
        entry.links().stream().map(link -> link(entry, link, progs)).toList());
  }

  private static ProgramView.Link link(
      ProgramEntry program, LinkEntry link, List<ProgramView.Prog> progs) {
    return new ProgramView.Link(
        link.name(),
        progs.get(link.prog()),
        ManifestText.link(link.target()),
        ImagePaths.PINS + program.name() + "/" + link.name(),
        link.hold());
  }

  /** What each is bound to stands in the loader; without one that can be read, its type remains. */
  private List<ProgramView.Prog> progs(ProgramEntry entry, String folder) {
    Optional<Inventory> inventory = inventory(entry, folder);
    List<ProgramView.Prog> progs = new ArrayList<>();
    for (int i = 0; i < entry.progs().size(); i++) {
      ProgEntry prog = entry.progs().get(i);
      int index = i;
      String hook =
          inventory
              .filter(made -> made.programs().size() == entry.progs().size())
              .flatMap(made -> made.programs().get(index).hook())
              .map(name -> "/" + name)
              .orElse("");
      progs.add(new ProgramView.Prog(prog.name(), prog.type().text() + hook));
    }
    return progs;
  }

  private Optional<Inventory> inventory(ProgramEntry entry, String folder) {
    String generation = entry.forms().keySet().iterator().next().id();
    Optional<Bytes> insns = file(folder + ImagePaths.insns(generation));
    Optional<Bytes> data = file(folder + ImagePaths.DATA);
    if (insns.isEmpty() || data.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LoaderReader.read(insns.get(), data.get()));
    } catch (FormatException e) {
      // The judge says so.
      return Optional.empty();
    }
  }
}

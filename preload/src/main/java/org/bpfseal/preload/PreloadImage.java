// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.preload.image.ImageFile;
import org.bpfseal.preload.image.ImagePaths;
import org.bpfseal.preload.image.InitramfsReader;
import org.bpfseal.preload.loader.BootProgram;
import org.bpfseal.preload.plan.PlannedImage;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.manifest.CertificateEntry;
import org.bpfseal.verifier.manifest.Manifest;
import org.bpfseal.verifier.manifest.ManifestReader;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;

/**
 * A preload image: the boot loader, the manifest with its signature, the certificates and the
 * signed programs.
 *
 * @param files sorted by path
 */
public record PreloadImage(Manifest manifest, List<ImageFile> files) {
  /** Copies the list. */
  public PreloadImage {
    files = List.copyOf(files);
  }

  /**
   * The image of a plan.
   *
   * @param manifestText the very bytes that were signed
   * @param signature detached CMS over them
   */
  public static PreloadImage of(PlannedImage planned, Bytes manifestText, Bytes signature) {
    Manifest manifest = planned.manifest();
    List<ImageFile> files = new ArrayList<>();
    files.add(ImageFile.executable(ImagePaths.INIT, BootProgram.INIT.executable()));
    files.add(ImageFile.of(ImagePaths.MANIFEST, manifestText));
    files.add(ImageFile.of(ImagePaths.MANIFEST_SIGNATURE, signature));
    for (int i = 0; i < planned.certificates().size(); i++) {
      String path = ImagePaths.certificate(manifest.certificates().get(i).name());
      files.add(ImageFile.of(path, planned.certificates().get(i)));
    }
    planned.guard().ifPresent(guard -> addGuard(files, manifest, guard));
    for (int i = 0; i < planned.programs().size(); i++) {
      String folder = ImagePaths.program(i + 1, manifest.programs().get(i).name());
      addProgram(files, folder, planned.programs().get(i));
    }
    return new PreloadImage(manifest, files);
  }

  private static void addGuard(
      List<ImageFile> files, Manifest manifest, PlannedImage.GuardFiles guard) {
    List<CertificateEntry> names = manifest.guard().orElseThrow().confirmers();
    for (int i = 0; i < names.size(); i++) {
      files.add(
          ImageFile.of(ImagePaths.certificate(names.get(i).name()), guard.confirmers().get(i)));
    }
    addProgram(files, ImagePaths.GUARD, guard.program());
  }

  private static void addProgram(List<ImageFile> files, String folder, SignedProgram program) {
    files.add(ImageFile.of(folder + ImagePaths.DATA, program.data()));
    for (SignedForm form : program.forms()) {
      String generation = form.generation().id();
      files.add(ImageFile.of(folder + ImagePaths.insns(generation), form.insns()));
      files.add(ImageFile.of(folder + ImagePaths.signature(generation), form.signature()));
    }
  }

  /**
   * Reads an image as {@code bpf-preload build} makes it.
   *
   * @throws FormatException if the archive or its manifest can't be read
   */
  public static PreloadImage read(Bytes image) throws FormatException {
    List<ImageFile> files = InitramfsReader.read(image);
    Optional<Bytes> manifest = find(files, ImagePaths.MANIFEST);
    if (manifest.isEmpty()) {
      throw new FormatException(
          "preload image",
          "archive",
          0,
          "expected " + ImagePaths.MANIFEST + ", found no such file");
    }
    return new PreloadImage(ManifestReader.read(manifest.get()), files);
  }

  /** A file's content, if the image has it. */
  public Optional<Bytes> file(String path) {
    return find(files, path);
  }

  private static Optional<Bytes> find(List<ImageFile> files, String path) {
    Map<String, Bytes> contents = new HashMap<>();
    files.forEach(file -> contents.put(file.path(), file.content()));
    return Optional.ofNullable(contents.get(path));
  }
}

// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * {@code Unsign JAR...}: takes the signatures out of jars, in place; all else stays.
 *
 * <p>Java checks the digest of every class that it loads from a signed jar, and keeps none of them in an ahead-of-time
 * cache: together half of a short command's time. The signatures matter to jars that register a provider with a JDK that
 * asks for them; ours does not. The same jar gives the same bytes; a jar that isn't signed isn't touched.
 */
final class Unsign {
  private static final String META = "META-INF/";

  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      if (isSigned(Path.of(jar))) {
        unsign(Path.of(jar));
      }
    }
  }

  private static boolean isSigned(Path jar) throws IOException {
    try (ZipFile in = new ZipFile(jar.toFile())) {
      return in.stream().map(ZipEntry::getName).anyMatch(Unsign::isSignature);
    }
  }

  private static boolean isSignature(String name) {
    return name.matches(META + "[^/]+\\.(SF|RSA|DSA|EC)");
  }

  private static void unsign(Path jar) throws IOException {
    FileTime time = Files.getLastModifiedTime(jar);
    Path made = jar.resolveSibling(jar.getFileName() + ".part");
    try (ZipFile in = new ZipFile(jar.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(made))) {
      List<? extends ZipEntry> entries = Collections.list(in.entries());
      for (ZipEntry entry : entries) {
        if (!isSignature(entry.getName())) {
          copy(in, entry, out);
        }
      }
    }
    Files.setLastModifiedTime(made, time);
    Files.move(made, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private static void copy(ZipFile in, ZipEntry entry, ZipOutputStream out) throws IOException {
    ZipEntry copied = new ZipEntry(entry.getName());
    copied.setTimeLocal(entry.getTimeLocal());
    out.putNextEntry(copied);
    if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
      withoutDigests(new Manifest(in.getInputStream(entry))).write(out);
    } else {
      in.getInputStream(entry).transferTo(out);
    }
    out.closeEntry();
  }

  /** A section of nothing but digests goes; none says anything else in the jars that are here. */
  private static Manifest withoutDigests(Manifest manifest) {
    for (Attributes section : manifest.getEntries().values()) {
      section.keySet().removeIf(key -> key.toString().endsWith("-Digest"));
    }
    manifest.getEntries().values().removeIf(Attributes::isEmpty);
    return manifest;
  }
}

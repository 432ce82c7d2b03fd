// SPDX-License-Identifier: Apache-2.0
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * {@code Cacheable JAR...}: makes jars, in place, such that Java keeps their classes in an ahead-of-time cache. The same
 * jar gives the same bytes; one that is cacheable already isn't touched.
 *
 * <ul>
 *   <li>Signatures are taken out: Java checks the digest of every class of a signed jar, and caches none. They matter to
 *       jars that register a provider with a JDK that asks for them; ours does not.
 *   <li>Classes of formats before 50, which have no stack maps and aren't cached either, get them. Their code stays.
 * </ul>
 */
final class Cacheable {
  private static final String META = "META-INF/";

  /** The oldest class file that is cached (JVMS 4.10: the first with stack maps). */
  private static final int OLDEST = ClassFile.JAVA_6_VERSION;

  private static final int MADE = ClassFile.JAVA_17_VERSION;

  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      if (isSigned(Path.of(jar)) || isOld(Path.of(jar))) {
        rewrite(Path.of(jar));
      }
    }
  }

  private static boolean isSigned(Path jar) throws IOException {
    try (ZipFile in = new ZipFile(jar.toFile())) {
      return in.stream().map(ZipEntry::getName).anyMatch(Cacheable::isSignature);
    }
  }

  private static boolean isSignature(String name) {
    return name.matches(META + "[^/]+\\.(SF|RSA|DSA|EC)");
  }

  private static boolean isOld(Path jar) throws IOException {
    try (ZipFile in = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        if (isClass(entry) && isOld(in.getInputStream(entry).readNBytes(8))) {
          return true;
        }
      }
      return false;
    }
  }

  /** By the version in the last two of the first eight bytes (JVMS 4.1). */
  private static boolean isOld(byte[] content) {
    return ((content[6] & 0xff) << 8 | content[7] & 0xff) < OLDEST;
  }

  private static boolean isClass(ZipEntry entry) {
    return entry.getName().endsWith(".class") && !entry.getName().startsWith(META);
  }

  private static void rewrite(Path jar) throws IOException {
    FileTime time = Files.getLastModifiedTime(jar);
    Path made = jar.resolveSibling(jar.getFileName() + ".part");
    try (ZipFile in = new ZipFile(jar.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(made))) {
      ClassFile format = format(in);
      for (ZipEntry entry : Collections.list(in.entries())) {
        if (!isSignature(entry.getName())) {
          ZipEntry copied = new ZipEntry(entry.getName());
          copied.setTimeLocal(entry.getTimeLocal());
          out.putNextEntry(copied);
          out.write(cacheable(format, entry, in.getInputStream(entry).readAllBytes()));
          out.closeEntry();
        }
      }
    }
    Files.setLastModifiedTime(made, time);
    Files.move(made, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] cacheable(ClassFile format, ZipEntry entry, byte[] content) throws IOException {
    if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      withoutDigests(new Manifest(new ByteArrayInputStream(content))).write(out);
      return out.toByteArray();
    }
    return isClass(entry) && isOld(content) ? withStackMaps(format, content) : content;
  }

  /** A section of nothing but digests goes; none says anything else in the jars that are here. */
  private static Manifest withoutDigests(Manifest manifest) {
    for (Attributes section : manifest.getEntries().values()) {
      section.keySet().removeIf(key -> key.toString().endsWith("-Digest"));
    }
    manifest.getEntries().values().removeIf(Attributes::isEmpty);
    return manifest;
  }

  /** Where two types meet, a stack map has what they have in common, which may be a class of the same jar. */
  private static ClassFile format(ZipFile jar) {
    ClassHierarchyResolver classes =
        ClassHierarchyResolver.defaultResolver()
            .orElse(ClassHierarchyResolver.ofResourceParsing(type -> resource(jar, type.descriptorString())));
    return ClassFile.of(
        ClassFile.StackMapsOption.GENERATE_STACK_MAPS, ClassFile.ClassHierarchyResolverOption.of(classes.cached()));
  }

  private static InputStream resource(ZipFile jar, String descriptor) {
    ZipEntry entry = jar.getEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
    try {
      return entry == null ? null : jar.getInputStream(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] withStackMaps(ClassFile format, byte[] content) {
    ClassTransform version =
        (made, element) -> {
          if (element instanceof ClassFileVersion) {
            made.withVersion(MADE, 0);
          } else {
            made.with(element);
          }
        };
    // A method that isn't made anew keeps what it had: no stack map.
    ClassTransform methods = ClassTransform.transformingMethodBodies((made, element) -> made.with(element));
    return format.transformClass(format.parse(content), version.andThen(methods));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.crypto.Sha256;
import org.bpfseal.verifier.loader.Inventory;
import org.bpfseal.verifier.loader.LoaderReader;
import org.bpfseal.verifier.manifest.CertificateEntry;
import org.bpfseal.verifier.manifest.FailureMode;
import org.bpfseal.verifier.manifest.FileDigest;
import org.bpfseal.verifier.manifest.GuardEntry;
import org.bpfseal.verifier.manifest.KeyringKind;
import org.bpfseal.verifier.manifest.LoadPolicy;
import org.bpfseal.verifier.manifest.Manifest;
import org.bpfseal.verifier.manifest.ManifestText;
import org.bpfseal.verifier.manifest.MapEntry;
import org.bpfseal.verifier.manifest.ProgEntry;
import org.bpfseal.verifier.manifest.ProgramEntry;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;

/** The files of a bundle by path, made of the signed vectors and signed by the example keys. */
public final class BundleMaker {
  public static final String ROOT = "etc/bpfseal/";
  public static final String FIRST = ROOT + "programs/01-first/";
  static final String SECOND = ROOT + "programs/02-second/";
  static final String GUARD = ROOT + "guard/";

  /** The only name of RSA in a SignerInfo that kernels know. */
  private static final AlgorithmIdentifier RSA =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);

  private static final String PROG = "pass_whole_pack";

  public final SortedMap<String, Bytes> files = new TreeMap<>();
  private int loaderMode = 0100755;

  private BundleMaker() {}

  /** A required program with both forms, and an optional one for 7.3 alone. */
  public static BundleMaker good() throws Exception {
    return make(Optional.empty(), KeyringKind.USER);
  }

  /** The same, with the kernel's own keys. */
  static BundleMaker builtin() throws Exception {
    return make(Optional.empty(), KeyringKind.BUILTIN);
  }

  /** The same with a guard for 7.3 and 6.12. */
  static BundleMaker guarded(boolean complete) throws Exception {
    SignedProgram program = vector("good");
    Bytes data = complete ? renamed(program.data()) : program.data();
    Bytes insns = program.form(Generation.V7_3).orElseThrow().insns();
    Bytes signature = sign(Generation.V7_3.payload(insns, data), "rsa");
    SignedForm form = new SignedForm(Generation.V7_3, insns, signature);
    return make(
        Optional.of(new SignedProgram("guard", data, List.of(form), Optional.empty())),
        KeyringKind.USER);
  }

  private static BundleMaker make(Optional<SignedProgram> guard, KeyringKind keyring)
      throws Exception {
    BundleMaker made = new BundleMaker();
    Bytes certificate = certificate("rsa");
    List<CertificateEntry> certificates =
        keyring == KeyringKind.USER
            ? List.of(new CertificateEntry("01.der", Sha256.of(certificate)))
            : List.of();
    if (keyring == KeyringKind.USER) {
      made.files.put(ROOT + "certs/01.der", certificate);
    }
    List<ProgramEntry> programs =
        List.of(
            made.add("first", false, vector("good"), FIRST),
            made.add("second", true, vector("good-7.3-only"), SECOND));
    Optional<GuardEntry> entry = Optional.empty();
    if (guard.isPresent()) {
      ProgramEntry parts = made.add(GuardEntry.NAME, false, guard.get(), GUARD);
      entry =
          Optional.of(
              new GuardEntry(
                  LoadPolicy.SIGNED,
                  parts.data(),
                  parts.forms(),
                  parts.maps(),
                  parts.progs(),
                  List.of()));
    }
    made.signManifest(
        new Manifest(7, keyring, certificates, FailureMode.HALT, "/init", entry, programs), "rsa");
    made.files.put(BundleTree.LOADER, Bytes.utf8("the boot loader"));
    return made;
  }

  void signManifest(Manifest manifest, String key) throws Exception {
    Bytes text = ManifestText.of(manifest);
    files.put(ROOT + "manifest", text);
    files.put(ROOT + "manifest.p7s", sign(text, key));
  }

  private ProgramEntry add(String name, boolean optional, SignedProgram program, String folder)
      throws FormatException {
    files.put(folder + "data", program.data());
    Map<Generation, FileDigest> forms = new TreeMap<>();
    for (SignedForm form : program.forms()) {
      String base = folder + form.generation().id();
      files.put(base + "/insns", form.insns());
      files.put(base + "/sig.p7s", form.signature());
      forms.put(form.generation(), digest(form.insns()));
    }
    Inventory made = LoaderReader.read(program.forms().getFirst().insns(), program.data());
    return new ProgramEntry(
        name,
        optional,
        digest(program.data()),
        forms,
        made.maps().stream()
            .map(map -> new MapEntry(map.definition().name(), map.definition().type(), false))
            .toList(),
        made.programs().stream().map(prog -> new ProgEntry(prog.name(), prog.type())).toList(),
        List.of());
  }

  private static FileDigest digest(Bytes file) {
    return new FileDigest(file.size(), Sha256.of(file));
  }

  /** Flips a bit of a file; the last byte's for -1. */
  public void change(String path, int at) {
    byte[] bytes = file(path).toArray();
    bytes[Math.floorMod(at, bytes.length)] ^= 1;
    files.put(path, Bytes.owning(bytes));
  }

  void swap(String one, String other) {
    Bytes first = file(one);
    files.put(one, file(other));
    files.put(other, first);
  }

  Bytes file(String path) {
    return Optional.ofNullable(files.get(path)).orElseThrow();
  }

  void loaderMode(int mode) {
    loaderMode = mode;
  }

  /** The archive: each folder before what is in it. */
  public NewcMaker archive() {
    NewcMaker archive = new NewcMaker();
    List<String> folders = new ArrayList<>();
    for (Map.Entry<String, Bytes> file : files.entrySet()) {
      String path = file.getKey();
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        String folder = path.substring(0, slash);
        if (!folders.contains(folder)) {
          folders.add(folder);
          archive.folder(folder);
        }
      }
      archive.entry(
          path, path.equals(BundleTree.LOADER) ? loaderMode : 0100644, 1, file.getValue());
    }
    return archive;
  }

  static SignedProgram vector(String name) throws IOException, FormatException {
    Path file = Lab.vectors().resolve("signed/programs/" + name + ".bpfs");
    return SignedProgramReader.read(Bytes.owning(Files.readAllBytes(file)));
  }

  static Bytes certificate(String name) throws IOException {
    return pem(name + ".crt");
  }

  private static Bytes pem(String name) throws IOException {
    List<String> lines = Files.readAllLines(Lab.repository().resolve("keys-example/" + name));
    String body = String.join("", lines.stream().filter(line -> !line.startsWith("-")).toList());
    return Bytes.owning(Base64.getDecoder().decode(body));
  }

  static Bytes sign(Bytes content, String key)
      throws IOException, GeneralSecurityException, OperatorCreationException, CMSException {
    PrivateKey secret =
        KeyFactory.getInstance("RSA")
            .generatePrivate(new PKCS8EncodedKeySpec(pem(key + ".key").toArray()));
    byte[] skid =
        SubjectKeyIdentifier.fromExtensions(
                new X509CertificateHolder(certificate(key).toArray()).getExtensions())
            .getKeyIdentifier();
    CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    generator.addSignerInfoGenerator(
        new SignerInfoGeneratorBuilder(
                new JcaDigestCalculatorProviderBuilder().build(), signature -> RSA)
            .setDirectSignature(true)
            .build(new JcaContentSignerBuilder("SHA256withRSA").build(secret), skid));
    return Bytes.owning(
        generator
            .generate(new CMSProcessableByteArray(content.toArray()), false)
            .toASN1Structure()
            .getEncoded("DER"));
  }

  /** The blob with another name for its program in the kernel. */
  private static Bytes renamed(Bytes data) {
    byte[] bytes = data.toArray();
    byte[] name = Bytes.concat(Bytes.utf8(PROG), Bytes.of((byte) 0)).toArray();
    for (int at = 0; at + name.length <= bytes.length; at++) {
      if (Bytes.of(bytes).slice(at, at + name.length).equals(Bytes.of(name))) {
        byte[] other = new byte[name.length];
        Bytes.utf8("guard_command").copyTo(other, 0);
        System.arraycopy(other, 0, bytes, at, other.length);
      }
    }
    return Bytes.owning(bytes);
  }
}

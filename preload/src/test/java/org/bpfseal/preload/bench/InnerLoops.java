// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bpfseal.preload.image.ImageFile;
import org.bpfseal.preload.image.InitramfsWriter;
import org.bpfseal.signer.Signer;
import org.bpfseal.signer.SigningParameters;
import org.bpfseal.signer.key.Accelerator;
import org.bpfseal.signer.key.CertificateReader;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.signer.key.KeyReader;
import org.bpfseal.signer.key.SigningCertificate;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.signer.key.SigningKey;
import org.bpfseal.signer.object.BpfObjectReader;
import org.bpfseal.signer.object.TargetOptions;
import org.bpfseal.signer.program.LoaderProgram;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.pkcs7.SignedData;
import org.bpfseal.verifier.pkcs7.SignedDataReader;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The loops that a long run stays in, for JMH. The build compiles them; {@code preload/bench.sh}
 * lets JMH generate its code around them and runs them. A median of single calls is what other work
 * on the machine disturbs least.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class InnerLoops {
  private static final Path REPOSITORY = Lab.repository();
  private static final Path KEYS = REPOSITORY.resolve("keys-example");
  private static final String OBJECT = "lsm-observers";

  private static Bytes file(Path file) throws IOException {
    return Bytes.owning(Files.readAllBytes(file));
  }

  private static Bytes object() throws IOException {
    return file(REPOSITORY.resolve("test-vectors/objects/clang-19/" + OBJECT + ".bpf.o"));
  }

  private static LoaderProgram loader(Bytes object) throws Exception {
    return LoaderProgram.of(
        OBJECT,
        BpfObjectReader.read(object, OBJECT, TargetOptions.DEFAULT),
        List.of(Generation.V7_3, Generation.V6_18),
        Optional.empty());
  }

  /** An RSA-2048 key, with the JDK's provider or the Corretto one. */
  @State(Scope.Thread)
  public static class Rsa {
    @Param({"jdk", "corretto"})
    public String provider = "jdk";

    private SigningKey key;
    private final Bytes payload = Bytes.owning(new byte[64]);

    /** Reads the key. */
    @Setup
    public void read() throws Exception {
      SigningKey plain = KeyReader.read(file(KEYS.resolve("rsa.key")));
      key =
          provider.equals("jdk")
              ? plain
              : plain.accelerated(((Accelerator.Ready) Accelerator.load()).provider());
    }
  }

  /** An object, and what is made of it. */
  @State(Scope.Thread)
  public static class Program {
    private final KernelProfile profile = KernelProfile.debianCloud(KernelRelease.series(7, 3));
    private final KernelMirror mirror = KernelMirror.of(profile);
    private Bytes object;
    private Bytes certificate;
    private SignedProgram signed;
    private Keyring ring;

    /** Signs it once. */
    @Setup
    public void sign() throws Exception {
      object = object();
      certificate = file(KEYS.resolve("rsa.crt"));
      SigningIdentity identity =
          SigningIdentity.of(
              KeyReader.read(file(KEYS.resolve("rsa.key"))), CertificateReader.read(certificate));
      signed =
          SignedProgramReader.read(
              Signer.sign(loader(object), SigningParameters.DEFAULT, List.of(identity)));
      Keyring.Builder builder = Keyring.named("release");
      mirror.addKey(builder, identity.certificate().der());
      ring = builder.build();
    }
  }

  /** Ten thousand small files. */
  @State(Scope.Thread)
  public static class Tree {
    private final List<ImageFile> files = new ArrayList<>();

    /** Makes them. */
    @Setup
    public void make() {
      Bytes content = Bytes.owning("x".repeat(1000).getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 10_000; i++) {
        files.add(new ImageFile("usr/lib/files/" + i % 100 + "/" + i, false, content));
      }
    }
  }

  /** One raw RSA signature; {@code openssl speed rsa2048} does the same. */
  @Benchmark
  public Bytes signRsa2048(Rsa rsa) throws Exception {
    return rsa.key.sign(DigestAlgorithm.SHA_256, rsa.payload);
  }

  /** Object file to both loaders and blob. */
  @Benchmark
  public LoaderProgram generateLoader(Program program) throws Exception {
    return loader(program.object);
  }

  /** What a load of form 7.3 has to pass: message, key and signature; one RSA-2048 verification. */
  @Benchmark
  public Verdict judgeLoad(Program program) {
    SignedForm form = program.signed.forms().getFirst();
    return program.mirror.judge(
        form, program.signed.data(), new KeyringSelector.Given(program.ring));
  }

  /** The message alone: BER and the kernel's rules about it. */
  @Benchmark
  public SignedData readMessage(Program program) throws Exception {
    return SignedDataReader.read(program.profile, program.signed.forms().getFirst().signature());
  }

  /** A certificate: DER, names, extensions and times. */
  @Benchmark
  public SigningCertificate readCertificate(Program program) throws Exception {
    return CertificateReader.read(program.certificate);
  }

  /** Ten thousand files as one newc archive. */
  @Benchmark
  public Bytes writeArchive(Tree tree) {
    return InitramfsWriter.write(tree.files);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bpfseal.signer.key.MlDsaSet;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.bpfseal.testing.SignedVector;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command signed, altered or not, in real kernels: each answer is the mirror's too. */
@Tag("lab")
class KernelLoadsTest {
  private static final Path KEYS = Lab.repository().resolve("keys-example");

  /** With maps: without any B and B2 are the same. */
  private static final Path GLOBAL_DATA =
      Lab.vectors().resolve("objects/clang-19/global-data.bpf.o");

  private static final Path SOCKET_FILTER =
      Lab.vectors().resolve("objects/clang-19/socket-filter.bpf.o");

  @TempDir Path folder;

  @Test
  void kernel73() throws Exception {
    KernelTrial trial = new KernelTrial(folder, 7, 3);
    askAboutPrograms(trial);
    askAboutLoaders(trial);
    askAboutMlDsa(trial, "OK", "ENOKEY");
    trial.trust(der("rsa"));
    SignedProgram constants = program("constants", compiled("constants"));
    assertThat(constants.forms()).hasSize(1);
    Run both = run("neither", "rsa", "--as", "program", "--for", "7.3,6.18", compiled("constants"));
    assertThat(both.out())
        .contains("section \".rodata\" would be covered by no signature on kernels 6.18 to 7.2");
    trial.ask("constants", constants, "OK");
    trial.ask("another constant", changed(constants, Part.DATA), "EKEYREJECTED");
    trial.ask("instruction beside constants", changed(constants, Part.INSNS), "EKEYREJECTED");
    askAboutOldForms(trial, "EACCES", "EACCES", "EACCES", "EACCES");
    SignedProgram imported = imported("D", "7.3");
    trial.ask("form D", imported, "OK");
    trial.ask("form D, blob", changed(imported, Part.DATA), "EKEYREJECTED");
    trial.ask("scratch", program("scratch", compiled("scratch")), "OK");
    trial.end();
  }

  @Test
  void kernel618() throws Exception {
    KernelTrial trial = new KernelTrial(folder, 6, 18);
    askAboutPrograms(trial);
    askAboutLoaders(trial);
    askAboutMlDsa(trial, "ENOPKG", "ENOPKG");
    askAboutOldForms(trial, "OK", "OK", "EACCES", "OK");
    trial.end();
  }

  /** Late in 7.2 the kernel has the mark for exclusive maps that form C looks for. */
  @Test
  void kernel72() throws Exception {
    KernelTrial trial = new KernelTrial(folder, 7, 2);
    askAboutOldForms(trial, "OK", "OK", "OK", "OK");
    trial.end();
  }

  private void askAboutPrograms(KernelTrial trial) throws IOException {
    SignedProgram program = program("socket", SOCKET_FILTER);
    trial.trust(der("rsa"));
    trial.ask("program", program, "OK");
    for (SignedVector vector : SignedVector.all()) {
      if (vector.toString().matches("(good-)?direct.*")) {
        trial.ask(
            vector.toString(),
            read(vector.program()),
            vector.verdicts().getOrDefault(trial.series(), ""));
      }
    }
    SignedProgram hook = program("hook", compiled("hook"));
    assertThat(hook.direct().orElseThrow().target()).contains("bpf_lsm_file_open");
    trial.ask("hook", hook, "OK");
    trial.ask("hook, signature", changed(hook, Part.SIGNATURE), "EKEYREJECTED");
    trial.ask("instruction bit", changed(program, Part.INSNS), "EKEYREJECTED");
    trial.ask("signature bit", changed(program, Part.SIGNATURE), "EKEYREJECTED");
    trial.trust(der("other"));
    trial.ask("unknown signer", program, "ENOKEY");
  }

  /** What sign, resign and a second signer make. */
  private void askAboutLoaders(KernelTrial trial) throws IOException {
    SignedProgram first = sign("first", "rsa", SOCKET_FILTER);
    Run again =
        Run.of(
            "resign",
            "--signed-by",
            KEYS.resolve("rsa.crt"),
            "--key",
            KEYS.resolve("p256.key"),
            "--cert",
            KEYS.resolve("p256.crt"),
            "--out",
            folder.resolve("again"),
            folder.resolve("first"));
    assertThat(again.status()).as(again.err()).isZero();
    SignedProgram resigned = read(only(folder.resolve("again")));
    SignedProgram both =
        sign(
            "both",
            "rsa",
            "-k",
            KEYS.resolve("other.key"),
            "-i",
            KEYS.resolve("other.crt"),
            SOCKET_FILTER);
    SignedProgram half = changed(both, Part.SIGNATURE);
    trial.trust(der("rsa"));
    trial.ask("signed", first, "OK");
    trial.ask("signed, instruction", changed(first, Part.INSNS), "EKEYREJECTED");
    trial.ask("resigned by a stranger", resigned, "ENOKEY");
    trial.ask("first of two", both, "OK");
    // DER sorts the signers: rsa's key identifier is the greater one, so its signature is damaged.
    trial.ask("second of two damaged, its key there", half, "EKEYREJECTED");
    trial.trust(der("other"));
    trial.ask("second of two", both, "OK");
    trial.ask("one of two damaged, its key not there", half, "OK");
    trial.trust(der("other"), der("rsa"));
    trial.ask("both of two", both, "OK");
    trial.ask("one of two damaged, both keys there", half, "EKEYREJECTED");
    trial.trust(der("p256"));
    trial.ask("resigned", resigned, "OK");
    trial.ask("resigned, signature", changed(resigned, Part.SIGNATURE), "EKEYREJECTED");
    trial.ask("neither of two", both, "ENOKEY");
    trial.trust(der("rsa"));
  }

  /** Debian's kernels verify none; older ones don't even read a message that names it. */
  private void askAboutMlDsa(KernelTrial trial, String besideRsa, String alone) throws IOException {
    MlDsaIdentity identity = MlDsaTest.identity(MlDsaSet.ML_DSA_65, folder);
    Path key = identity.keyFile(MlDsaIdentity.Form.SEED);
    Path certificate = identity.certificateFile();
    SignedProgram both =
        sign("mixed", "rsa", "-k", key, "-i", certificate, "--for", "7.3,6.18", SOCKET_FILTER);
    Path out = folder.resolve("ml-dsa");
    Run run =
        Run.of("resign", "-k", key, "-i", certificate, "--out", out, only(folder.resolve("mixed")));
    assertThat(run.status()).as(run.err()).isZero();
    trial.trust(der("rsa"));
    trial.ask("ML-DSA beside RSA", both, besideRsa);
    trial.ask("ML-DSA alone", read(only(out)), alone);
  }

  /**
   * What import makes of headers of bpftool's older generations.
   *
   * @param mirrored what the mirror says to C, of which the BPF verifier has the last word
   */
  private void askAboutOldForms(KernelTrial trial, String a, String b, String c, String mirrored)
      throws Exception {
    trial.trust(der("rsa"));
    SignedProgram formA = imported("A", "6.18");
    SignedForm form = formA.forms().getFirst();
    trial.ask("form A", formA, form, a);
    if (a.equals("OK")) {
      SignedProgram changed = changed(formA, Part.DATA);
      trial.ask("form A, blob", changed, "EINVAL");
    }
    SignedProgram formB = imported("B", "6.18");
    trial.ask("form B", formB, formB.forms().getFirst(), b);
    SignedProgram formC = imported("C", "6.18");
    trial.ask("form C", formC, formC.forms().getFirst(), c, mirrored);
  }

  private SignedProgram imported(String form, String generation) throws Exception {
    Path header = OldHeaders.in(folder).write(form, GLOBAL_DATA);
    Run run = Run.of("import", "--out", folder.resolve("form" + form), header);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains(generation + " form " + form + " ok");
    assertThat(run.err().isEmpty()).isEqualTo(form.equals("D"));
    return read(only(folder.resolve("form" + form)));
  }

  private enum Part {
    INSNS,
    DATA,
    SIGNATURE
  }

  /**
   * The same with one bit of a part flipped: of the instructions where the BPF verifier would mind
   * it least, of the blob where it doesn't name a descriptor that the loader then closes.
   */
  private static SignedProgram changed(SignedProgram program, Part part) {
    List<SignedForm> forms = new ArrayList<>();
    for (SignedForm form : program.forms()) {
      forms.add(
          new SignedForm(
              form.generation(),
              part == Part.INSNS ? flipped(form.insns(), 4) : form.insns(),
              part == Part.SIGNATURE ? flipped(form.signature(), -1) : form.signature()));
    }
    Bytes data =
        part == Part.DATA ? flipped(program.data(), program.data().size() / 2) : program.data();
    return new SignedProgram(program.name(), data, program.direct(), forms, program.object());
  }

  private static Bytes flipped(Bytes content, int at) {
    byte[] bytes = content.toArray();
    bytes[at < 0 ? bytes.length + at : at] ^= 1;
    return Bytes.owning(bytes);
  }

  private SignedProgram program(String name, Path object) throws IOException {
    return sign(name, "rsa", "--as", "program", object);
  }

  /** Signed by the command, with a key of keys-example. */
  private SignedProgram sign(String name, String key, Object... words) throws IOException {
    Run run = run(name, key, words);
    assertThat(run.status()).as(run.out() + run.err()).isZero();
    return read(only(folder.resolve(name)));
  }

  private Run run(String name, String key, Object... words) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "sign",
                "--key",
                KEYS.resolve(key + ".key"),
                "--cert",
                KEYS.resolve(key + ".crt"),
                "--name",
                name,
                "--out",
                folder.resolve(name)));
    all.addAll(List.of(words));
    return Run.of(all.toArray());
  }

  private static Path only(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .reduce(
              (_, _) -> {
                throw new AssertionError(directory + ": two files");
              })
          .orElseThrow();
    }
  }

  private static SignedProgram read(Path file) throws IOException {
    try {
      return SignedProgramReader.read(Bytes.owning(Files.readAllBytes(file)));
    } catch (org.bpfseal.verifier.bytes.FormatException e) {
      throw new AssertionError(e);
    }
  }

  private Path compiled(String name) {
    Path object = folder.resolve(name + ".bpf.o");
    HostCommand.outputOf(
        Lab.clang(19),
        "-g",
        "-O2",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-Wno-unused-parameter",
        "-target",
        "bpf",
        "-mcpu=v3",
        "-c",
        Lab.repository().resolve("signer/src/test/bpf/" + name + ".bpf.c"),
        "-o",
        object);
    return object;
  }

  private static Bytes der(String name) {
    return HostCommand.outputOf(
        "openssl", "x509", "-in", KEYS.resolve(name + ".crt"), "-outform", "DER");
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.image.ImageCheck;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;
import org.bpfseal.verifier.x509.CertificateFileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the READMEs say of the verifier holds: their example runs, and their tables are the code's.
 */
class ReadmeTest {
  private static final Path README = Lab.repository().resolve("verifier/README.md");

  @TempDir Path folder;

  private static String text(Path file) throws IOException {
    return Files.readString(file);
  }

  /** The three lines that begin with {@code KernelMirror mirror}, without what fences them. */
  private static String example(Path file) throws IOException {
    List<String> lines = text(file).lines().map(String::strip).toList();
    int first =
        lines.indexOf(
            lines.stream()
                .filter(it -> it.startsWith("KernelMirror mirror"))
                .findFirst()
                .orElseThrow());
    return String.join("\n", lines.subList(first, first + 3));
  }

  private Verdict run(String lines, Bytes certificate, SignedProgram program) throws Exception {
    String source =
        """
        import org.bpfseal.verifier.*;
        import org.bpfseal.verifier.bytes.Bytes;
        import org.bpfseal.verifier.keyring.Keyring;
        import org.bpfseal.verifier.program.SignedForm;
        public class Example {
          public static Verdict run(Bytes certificate, SignedForm form, Bytes data) {
        %s
            return verdict;
          }
        }
        """
            .formatted(lines);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavaFileObject unit =
          new SimpleJavaFileObject(
              URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
              return source;
            }
          };
      List<String> options =
          List.of(
              "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", folder.toString());
      boolean compiled =
          compiler.getTask(messages, files, null, options, null, List.of(unit)).call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
    URL[] path = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
      Method run =
          loader.loadClass("Example").getMethod("run", Bytes.class, SignedForm.class, Bytes.class);
      return (Verdict) run.invoke(null, certificate, program.forms().getFirst(), program.data());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "verifier/README.md"})
  void theExampleCompilesAndJudges(String readme) throws Exception {
    String lines = example(Lab.repository().resolve(readme));
    Bytes program =
        Bytes.owning(Files.readAllBytes(Lab.vectors().resolve("signed/programs/good.bpfs")));
    for (String key : List.of("rsa", "other")) {
      Path file = Lab.repository().resolve("keys-example/" + key + ".crt");
      Bytes certificate = CertificateFileReader.readOne(Bytes.owning(Files.readAllBytes(file)));
      Verdict verdict = run(lines, certificate, SignedProgramReader.read(program));
      assertThat(verdict.word()).isEqualTo(key.equals("rsa") ? "OK" : "ENOKEY");
    }
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  private static Stream<String> advice() {
    return Stream.concat(
        Stream.of(row("code", "what it says"), "|---|---|"),
        Arrays.stream(Advice.Kind.values())
            .map(kind -> row("`" + kind.code() + "`", kind.summary())));
  }

  private static Stream<String> checks() {
    return Stream.concat(
        Stream.of(
            row("code", "errno", "function", "what a signer has to change"), "|---|---|---|---|"),
        Arrays.stream(Check.values())
            .map(
                check ->
                    row(
                        "`" + check.code() + "`",
                        check.errno().name(),
                        place(check),
                        check.remedy().text())));
  }

  private static String place(Check check) {
    String now = check.function().in(KernelRelease.series(7, 3));
    String before = check.function().in(KernelRelease.series(6, 18));
    return now.equals(before) ? now : now + "; " + before;
  }

  private static Stream<String> image() {
    return Stream.concat(
        Stream.of(row("code", "what it says"), "|---|---|"),
        Arrays.stream(ImageCheck.values())
            .map(check -> row("`" + check.code() + "`", check.summary())));
  }

  /** The file with the table behind a mark replaced. */
  private static String with(String readme, String mark, Stream<String> table) {
    int start = readme.indexOf("<!-- " + mark + " -->\n") + mark.length() + 10;
    int end = readme.indexOf("\n\n", start);
    String rest = end < 0 ? "\n" : readme.substring(end);
    return readme.substring(0, start) + table.collect(Collectors.joining("\n")) + rest;
  }

  private static Stream<String> exitCodes() {
    return Stream.concat(
        Stream.of(row("exit code", "meaning"), "|---|---|"),
        Arrays.stream(ExitCode.values())
            .map(code -> row(Integer.toString(code.status()), code.meaning())));
  }

  /** If this fails, {@code target/README-top.md} is what the README is to be. */
  @Test
  void theExitCodesAreTheEnums() throws IOException {
    String readme = text(Lab.repository().resolve("README.md"));
    String fresh = with(readme, "exit codes", exitCodes());
    Files.writeString(Path.of("target/README-top.md"), fresh);
    assertThat(readme).isEqualTo(fresh);
  }

  /** If this fails, {@code target/README.md} is what the README is to be. */
  @Test
  void theTablesAreTheCodes() throws IOException {
    String readme = text(README);
    String fresh = with(readme, "advice", advice());
    fresh = with(fresh, "image", image());
    fresh = with(fresh, "checks", checks());
    Files.writeString(Path.of("target/README.md"), fresh);
    assertThat(readme).isEqualTo(fresh);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.signer.SignableUnit;
import org.bpfseal.signer.key.SigningPublicKey;
import org.bpfseal.signer.object.BpfObject;
import org.bpfseal.signer.object.BpfObjectReader;
import org.bpfseal.signer.object.ObjectRefusedException;
import org.bpfseal.signer.program.DirectProgram;
import org.bpfseal.signer.program.LoaderProgram;
import org.bpfseal.signer.program.ObjectSummary;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.Syntax;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedProgram;

/** How loaders are made of objects. */
final class LoaderOptions {
  /** The kernel checks no more than 16 MiB; an object that is larger is so by debug information. */
  static final int LIMIT = 16 << 20;

  private final Given<List<String>> kernels;
  final Given<String> name;
  private final Given<Boolean> keepObject;
  private final TargetValues target;

  LoaderOptions(Syntax syntax) {
    kernels =
        syntax
            .option(
                "--for", "KERNEL,..", "loader, program: generations of kernels; default 7.3,6.18")
            .list(List.of());
    name =
        syntax
            .option(
                "--name",
                "NAME",
                "loader, program: name of the object, which enters the bytes; default: the file's")
            .text();
    keepObject =
        syntax.flag("--keep-object", "loader, program: put the object file into the output too");
    target = new TargetValues(syntax);
  }

  /** A file's name without {@code .bpf.o} or {@code .o}. */
  static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    for (String suffix : List.of(".bpf.o", ".o")) {
      if (name.endsWith(suffix)) {
        return name.substring(0, name.length() - suffix.length());
      }
    }
    return name;
  }

  /** The name under which an object is signed. */
  String nameOf(Path file) throws CommandFailure {
    String given = name.optional().orElseGet(() -> stem(file));
    if (!SignedProgram.isName(given)) {
      throw new CommandFailure(
          name.isGiven() ? ExitCode.USAGE : ExitCode.REFUSED,
          "\"" + given + "\" can't be the name of a signed program",
          "give one with --name: letters, digits, _, . and -, at most 63");
    }
    return given;
  }

  /** What has to be signed of an object. */
  SignableUnit unit(Path file) throws IOException, FormatException, CommandFailure {
    return unit(file, nameOf(file), generations(), keepObject.value());
  }

  /** What would have to be signed of an object under another name, for other kernels. */
  SignableUnit unit(Path file, String objectName, List<Generation> generations, boolean keep)
      throws IOException, FormatException, CommandFailure {
    Bytes content = InputFile.read(file, LIMIT);
    try {
      BpfObject object = BpfObjectReader.read(content, objectName, target.options());
      return LoaderProgram.of(
          objectName, object, generations, keep ? Optional.of(content) : Optional.empty());
    } catch (ObjectRefusedException e) {
      throw refused(e);
    }
  }

  /** What has to be signed of the one program of an object, without a loader. */
  SignableUnit direct(Path file) throws IOException, FormatException, CommandFailure {
    return direct(
        file, nameOf(file), generations(), !kernels.value().isEmpty(), keepObject.value());
  }

  /**
   * The same under another name, for other kernels.
   *
   * @param chosen whether it has to be for all of these
   */
  SignableUnit direct(
      Path file, String objectName, List<Generation> generations, boolean chosen, boolean keep)
      throws IOException, FormatException, CommandFailure {
    Bytes content = InputFile.read(file, LIMIT);
    try {
      BpfObject object = BpfObjectReader.read(content, objectName, target.options());
      return DirectProgram.of(
          objectName, object, generations, chosen, keep ? Optional.of(content) : Optional.empty());
    } catch (ObjectRefusedException e) {
      throw refused(e);
    }
  }

  /** What would be signed of an object. */
  ObjectSummary summary(Path file) throws IOException, FormatException, CommandFailure {
    Bytes content = InputFile.read(file, LIMIT);
    try {
      BpfObject object = BpfObjectReader.read(content, nameOf(file), target.options());
      return ObjectSummary.of(object, generations());
    } catch (ObjectRefusedException e) {
      throw refused(e);
    }
  }

  static CommandFailure refused(ObjectRefusedException e) {
    return new CommandFailure(ExitCode.REFUSED, String.valueOf(e.getMessage()), e.hint());
  }

  /**
   * Refuses a key that some kernels of the form for 6.18 to 7.2 don't know, unless they were asked
   * for: {@code sinfo} with an unknown algorithm makes {@code pkcs7_parse_message()} of 6.18 refuse
   * the whole message.
   */
  void requireVerifiable(List<SigningPublicKey> keys) throws CommandFailure {
    boolean mlDsa = keys.stream().anyMatch(SigningPublicKey.MlDsa.class::isInstance);
    if (mlDsa && kernels.value().isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "kernels know ML-DSA from 7.0 on, and the form for 6.18 is for 6.18 and 6.19 too",
          "give --for 7.3, or --for 7.3,6.18 if no kernel before 7.0 will load it");
    }
  }

  /** Newest first. */
  List<Generation> generations() throws CommandFailure {
    if (kernels.value().isEmpty()) {
      return List.of(Generation.values());
    }
    List<Generation> generations = new ArrayList<>();
    for (String kernel : kernels.value()) {
      generations.add(
          Generation.of(kernel)
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          ExitCode.USAGE,
                          "no generation of kernels \"" + kernel + "\"",
                          "7.3 (and later), 6.18 (to 7.2), or both: 7.3,6.18")));
    }
    return generations.stream().distinct().sorted().toList();
  }
}

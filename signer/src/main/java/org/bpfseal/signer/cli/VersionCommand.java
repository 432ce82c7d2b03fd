// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bpfseal.signer.key.Curve;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.signer.key.MlDsaSet;
import org.bpfseal.verifier.cli.Syntax;
import org.bpfseal.verifier.program.Generation;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-sign version}. */
final class VersionCommand {
  private final Syntax syntax =
      Syntax.of("version", "Says which kernels and formats this version knows.")
          .example("bpf-sign version");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() {
    PrintWriter out = syntax.out();
    out.println("bpf-sign " + BpfSign.VERSION + "   Java " + Runtime.version());
    row(out, "loader forms", Generation.values(), form -> form.id() + " and later");
    row(out, "kinds", SignKind.values(), kind -> kind.name().toLowerCase(Locale.ROOT));
    row(out, "digests", DigestAlgorithm.values(), DigestAlgorithm::id);
    out.println(
        "keys           RSA-2048, RSA-3072, RSA-4096, EC "
            + names(Curve.values(), Curve::id)
            + ", "
            + names(MlDsaSet.values(), MlDsaSet::id));
    out.println(
        "key sources    PEM, DER, PKCS#12, JKS, pkcs11:, tink:, any JCA provider, jsign-crypto's");
    out.flush();
    return 0;
  }

  private static <T> void row(PrintWriter out, String name, T[] values, Function<T, String> id) {
    out.println(name + " ".repeat(15 - name.length()) + names(values, id));
  }

  private static <T> String names(T[] values, Function<T, String> id) {
    return Arrays.stream(values).map(id).collect(Collectors.joining(", "));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.SystemKeyring;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.image.BundleMaker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's table of JSON fields has those that are printed, and no other. */
class JsonFieldsTest {
  private static final Pattern FIELD = Pattern.compile("^ *\"([a-z]+)\": ", Pattern.MULTILINE);
  private static final Pattern ROW = Pattern.compile("^\\| `([a-z]+)` \\| ", Pattern.MULTILINE);

  @TempDir Path folder;

  private static Set<String> fields(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String run(Object... words) {
    return Run.of(words).out();
  }

  @Test
  void theTableIsComplete() throws Exception {
    Path programs = Lab.vectors().resolve("signed/programs");
    Path rsa = Lab.repository().resolve("keys-example/rsa.crt");
    BundleMaker bundle = BundleMaker.good();
    bundle.files.put(BundleMaker.ROOT + "more", Bytes.EMPTY);
    Path image = Files.write(folder.resolve("preload.img"), bundle.archive().finish().toArray());
    HostKeys.Row host = new HostKeys.Row(SystemKeyring.BUILTIN, HostKeys.State.OTHER, "a key");
    String all =
        run("verify", programs.resolve("good.bpfs"), "--cert", rsa, "--json")
            + run("verify", programs.resolve("insns-bit.bpfs"), "--cert", rsa, "--json")
            + run("verify", image, "--cert", rsa, "--json")
            + Json.of(Inspection.fields("host", List.of(host.json())));
    String readme = Files.readString(Lab.repository().resolve("verifier/README.md"));
    String table = readme.substring(readme.indexOf("<!-- json -->"), readme.indexOf("## Advice"));
    assertThat(fields(ROW, table)).isEqualTo(fields(FIELD, all));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** {@code CorpusFile CASES SEED FILE}: writes generated cases as a corpus, for benchmarks. */
final class CorpusFile {
  private CorpusFile() {}

  public static void main(String[] words) throws IOException {
    CaseMaker maker = new CaseMaker(Long.parseLong(words[1]), false);
    List<Case> cases =
        IntStream.range(0, Integer.parseInt(words[0])).parallel().mapToObj(maker::make).toList();
    Files.write(Path.of(words[2]), Corpus.of(cases).toArray());
  }
}

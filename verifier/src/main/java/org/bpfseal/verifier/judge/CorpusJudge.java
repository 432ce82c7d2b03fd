// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.judge;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Judges a corpus: one line a case, in the corpus' order, while it is read.
 *
 * <p>A line is {@code id TAB load TAB certificates}: {@code OK}, an errno's name, or {@code -} for
 * what was not asked; certificates are separated by commas. Several threads work, and no more than
 * a few hundred cases are held at a time.
 */
public final class CorpusJudge {
  private static final int BATCH = 64;
  private static final int BATCHES_PER_THREAD = 4;

  private final CorpusReader reader;
  private final CaseJudge cases;
  private final Appendable out;
  private final Progress progress;
  private long done;

  /** Is told how many of all cases are done. */
  @FunctionalInterface
  public interface Progress {
    void done(long cases, long all);
  }

  private record Batch(int size, Future<StringBuilder> lines) {}

  private CorpusJudge(KernelMirror mirror, CorpusReader reader, Appendable out, Progress progress) {
    this.reader = reader;
    this.cases = new CaseJudge(mirror, reader.blobs());
    this.out = out;
    this.progress = progress;
  }

  /**
   * Judges all cases.
   *
   * @param threads at least 1
   * @throws FormatException at the first case that is malformed; lines of those before are out
   */
  public static void run(
      KernelMirror mirror, Bytes corpus, Appendable out, int threads, Progress progress)
      throws FormatException, IOException {
    CorpusJudge judge = new CorpusJudge(mirror, CorpusReader.of(corpus), out, progress);
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      judge.run(workers, threads * BATCHES_PER_THREAD);
    }
  }

  private void run(ExecutorService workers, int most) throws FormatException, IOException {
    Deque<Batch> open = new ArrayDeque<>();
    try {
      for (List<CorpusCase> batch = read(); !batch.isEmpty(); batch = read()) {
        List<CorpusCase> work = batch;
        open.add(new Batch(work.size(), workers.submit(() -> judge(work))));
        if (open.size() >= most) {
          write(open.remove());
        }
      }
    } finally {
      while (!open.isEmpty()) {
        write(open.remove());
      }
    }
  }

  private List<CorpusCase> read() throws FormatException {
    List<CorpusCase> batch = new ArrayList<>(BATCH);
    while (batch.size() < BATCH) {
      Optional<CorpusCase> next = reader.next();
      if (next.isEmpty()) {
        break;
      }
      batch.add(next.get());
    }
    return batch;
  }

  private StringBuilder judge(List<CorpusCase> batch) {
    StringBuilder lines = new StringBuilder();
    batch.forEach(one -> cases.judge(one, lines));
    return lines;
  }

  private void write(Batch batch) throws IOException {
    try {
      out.append(batch.lines().get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a case could not be judged", e.getCause());
    }
    done += batch.size();
    progress.done(done, reader.count());
  }
}

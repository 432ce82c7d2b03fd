// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads {@code link LINK PROG KIND [key=value ...] [hold]}. PROG is the name of one prog line, or
 * {@code NAME:K}, the K-th (from 1) of several with this name. The keys of each kind stand in one
 * order.
 */
public final class LinkReader {
  private static final int FIRST_KEY = 4;
  private static final int PROGS_MOST = 32;
  private static final int BYTE_MOST = 255;

  private final LineReader in;
  private int word = FIRST_KEY;

  private LinkReader(LineReader in) {
    this.in = in;
  }

  /**
   * @param guard the image's
   * @param progs the program's prog lines
   * @param earlier its link lines before this one
   */
  static LinkEntry read(
      LineReader in, Optional<GuardEntry> guard, List<ProgEntry> progs, List<LinkEntry> earlier)
      throws FormatException {
    if (in.count() < FIRST_KEY) {
      throw in.fail(in.count() - 1, "link LINK PROG KIND [key=value ...] [hold]");
    }
    String name = in.expect(1, WordShape.NAME, "a link name");
    if (name.equals("maps") || earlier.stream().anyMatch(link -> link.name().equals(name))) {
      throw in.fail(1, "a link name not used before, not maps");
    }
    int prog = prog(in, progs);
    LinkReader keys = new LinkReader(in);
    LinkTarget target = keys.target();
    Optional<Hold> hold = HoldReader.read(in, keys.word, guard, target);
    return new LinkEntry(name, prog, target, hold);
  }

  /**
   * What a link attaches to, from the words of a link line behind PROG.
   *
   * @param words KIND and its keys
   */
  public static LinkTarget target(List<String> words) throws FormatException {
    LineReader in = new LineReader(Bytes.utf8("link - - " + String.join(" ", words) + "\n"));
    in.next();
    return new LinkReader(in).target();
  }

  /** One spelling each: with a number just where it is needed. */
  private static int prog(LineReader in, List<ProgEntry> progs) throws FormatException {
    String[] parts = in.word(2).split(":", 2);
    List<Integer> named = new ArrayList<>();
    for (int i = 0; i < progs.size(); i++) {
      if (progs.get(i).name().equals(parts[0])) {
        named.add(i);
      }
    }
    if (parts.length == 1 && named.size() == 1) {
      return named.getFirst();
    }
    if (parts.length == 2 && named.size() > 1 && WordShape.isNumber(parts[1], 1, PROGS_MOST)) {
      int position = Integer.parseInt(parts[1]);
      if (position <= named.size()) {
        return named.get(position - 1);
      }
    }
    throw in.fail(2, "the name of one prog line, or NAME:K if several have it");
  }

  private LinkTarget target() throws FormatException {
    String kind = in.word(3);
    LinkTarget target =
        switch (kind) {
          case "lsm" -> new LinkTarget.Lsm();
          case "tracing" -> new LinkTarget.Tracing();
          case "iter" -> new LinkTarget.Iterator();
          case "raw_tracepoint" -> new LinkTarget.RawTracepoint(text("name", WordShape.NAME));
          case "cgroup" -> new LinkTarget.Cgroup(number("attach_type"), cgroupPath());
          case "xdp" -> new LinkTarget.Xdp(device(), mode());
          case "tcx" -> new LinkTarget.Tcx(device(), number("attach_type"));
          case "tracepoint" ->
              new LinkTarget.Tracepoint(
                  text("category", WordShape.NAME), text("name", WordShape.NAME));
          case "kprobe" ->
              new LinkTarget.Kprobe(text("func", WordShape.FUNCTION), offset(), onReturn());
          case "kprobe_multi" -> new LinkTarget.KprobeMulti(functions(), onReturn());
          case "netfilter" -> new LinkTarget.Netfilter(number("pf"), number("hook"), priority());
          default -> throw in.fail(3, "a link kind");
        };
    return target;
  }

  private String device() throws FormatException {
    return text("dev", WordShape.DEVICE);
  }

  private String text(String key, Pattern shape) throws FormatException {
    String value = value(key);
    return accept(WordShape.is(value, shape), value, key);
  }

  private int number(String key) throws FormatException {
    String value = value(key);
    return Integer.parseInt(accept(WordShape.isNumber(value, 0, BYTE_MOST), value, key));
  }

  private String cgroupPath() throws FormatException {
    String value = value("path");
    return accept(value.equals("/") || WordShape.isPath(value), value, "path");
  }

  private Optional<XdpMode> mode() throws FormatException {
    if (!hasKey("mode")) {
      return Optional.empty();
    }
    String value = value("mode");
    for (XdpMode mode : XdpMode.values()) {
      if (mode.text().equals(value)) {
        word++;
        return Optional.of(mode);
      }
    }
    throw in.fail(word, "mode=generic|native");
  }

  private long offset() throws FormatException {
    if (!hasKey("offset")) {
      return 0;
    }
    String value = value("offset");
    return Long.parseLong(accept(WordShape.isNumber(value, 1, 0xffff_ffffL), value, "offset"));
  }

  private boolean onReturn() throws FormatException {
    if (!hasKey("ret")) {
      return false;
    }
    String value = value("ret");
    return accept(value.equals("1"), value, "ret").equals("1");
  }

  private List<String> functions() throws FormatException {
    List<String> functions = List.of(value("funcs").split(",", -1));
    boolean good = functions.stream().allMatch(name -> WordShape.is(name, WordShape.FUNCTION));
    accept(good, "", "funcs");
    return functions;
  }

  private int priority() throws FormatException {
    String value = value("priority");
    return Integer.parseInt(accept(WordShape.isSignedNumber(value), value, "priority"));
  }

  private boolean hasKey(String key) {
    return word < in.count() && in.word(word).startsWith(key + "=");
  }

  private String value(String key) throws FormatException {
    if (!hasKey(key)) {
      throw in.fail(Math.min(word, in.count() - 1), "the key " + key + "=");
    }
    return in.word(word).substring(key.length() + 1);
  }

  /** Moves behind a key whose value is good. */
  private String accept(boolean good, String value, String key) throws FormatException {
    if (!good) {
      throw in.fail(word, "another value of " + key + "=");
    }
    word++;
    return value;
  }
}

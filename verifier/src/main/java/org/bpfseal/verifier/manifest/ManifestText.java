// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import java.util.List;
import java.util.Map;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.program.Generation;

/** Writes the one text of a manifest: what {@link ManifestReader} reads as the same values. */
public final class ManifestText {
  private final StringBuilder text = new StringBuilder();
  private List<String> confirmers = List.of();

  private ManifestText() {}

  /**
   * The text, ASCII.
   *
   * @throws FormatException if the values aren't a manifest's: too many, a bad name, a number out
   *     of its bounds; the path is the line at fault
   */
  public static Bytes of(Manifest manifest) throws FormatException {
    ManifestText writer = new ManifestText();
    writer.head(manifest);
    manifest.guard().ifPresent(writer::guard);
    manifest.programs().forEach(writer::program);
    Bytes text = Bytes.utf8(writer.text.toString());
    if (!ManifestReader.read(text).equals(manifest)) {
      throw LineReader.failWhole("expected words, found a value that reads as something else");
    }
    return text;
  }

  private void head(Manifest manifest) {
    line("bpfseal-manifest", 1);
    line("version", manifest.version());
    line("keyring", manifest.keyring().text());
    for (CertificateEntry certificate : manifest.certificates()) {
      line("cert", certificate.name(), certificate.sha256().toHex());
    }
    line("failure", manifest.failure().text());
    line("next", manifest.next());
  }

  private void guard(GuardEntry guard) {
    line("guard", guard.loads().text());
    parts(guard.data(), guard.forms(), guard.maps(), guard.progs());
    for (CertificateEntry certificate : guard.confirmers()) {
      line("confirm", certificate.name(), certificate.sha256().toHex());
    }
    confirmers = guard.confirmers().stream().map(CertificateEntry::name).toList();
  }

  private void program(ProgramEntry program) {
    line("program", program.name(), program.optional() ? "optional" : "required");
    parts(program.data(), program.forms(), program.maps(), program.progs());
    for (LinkEntry link : program.links()) {
      String hold = link.hold().map(it -> HoldReader.text(it, confirmers)).orElse("");
      String prog = reference(program.progs(), link.prog());
      line("link", link.name(), prog, link(link.target()) + hold);
    }
  }

  private void parts(
      FileDigest data,
      Map<Generation, FileDigest> forms,
      List<MapEntry> maps,
      List<ProgEntry> progs) {
    line("data", data.size(), data.sha256().toHex());
    forms.forEach(
        (generation, file) -> line("form", generation.id(), file.size(), file.sha256().toHex()));
    for (MapEntry map : maps) {
      line("map", map.name(), map.type().text() + (map.pinned() ? " pin" : ""));
    }
    for (ProgEntry prog : progs) {
      line("prog", prog.name(), prog.type().text());
    }
  }

  /** The prog line's name, with its position among those of the same name where there are more. */
  private static String reference(List<ProgEntry> progs, int index) {
    if (index < 0 || index >= progs.size()) {
      return "?";
    }
    String name = progs.get(index).name();
    long all = progs.stream().filter(prog -> prog.name().equals(name)).count();
    long position =
        progs.subList(0, index + 1).stream().filter(prog -> prog.name().equals(name)).count();
    return all == 1 ? name : name + ":" + position;
  }

  /** The kind and the keys of a link, as in its line. */
  public static String link(LinkTarget target) {
    return switch (target) {
      case LinkTarget.Lsm() -> "lsm";
      case LinkTarget.Tracing() -> "tracing";
      case LinkTarget.Iterator() -> "iter";
      case LinkTarget.RawTracepoint(String name) -> "raw_tracepoint name=" + name;
      case LinkTarget.Cgroup(int type, String path) ->
          "cgroup attach_type=" + type + " path=" + path;
      case LinkTarget.Xdp(String device, var mode) ->
          "xdp dev=" + device + mode.map(word -> " mode=" + word.text()).orElse("");
      case LinkTarget.Tcx(String device, int type) -> "tcx dev=" + device + " attach_type=" + type;
      case LinkTarget.Tracepoint(String category, String name) ->
          "tracepoint category=" + category + " name=" + name;
      case LinkTarget.Kprobe(String function, long offset, boolean onReturn) ->
          "kprobe func=" + function + (offset == 0 ? "" : " offset=" + offset) + ret(onReturn);
      case LinkTarget.KprobeMulti(List<String> functions, boolean onReturn) ->
          "kprobe_multi funcs=" + String.join(",", functions) + ret(onReturn);
      case LinkTarget.Netfilter(int family, int hook, int priority) ->
          "netfilter pf=" + family + " hook=" + hook + " priority=" + priority;
    };
  }

  private static String ret(boolean onReturn) {
    return onReturn ? " ret=1" : "";
  }

  private void line(Object... words) {
    String separator = "";
    for (Object word : words) {
      text.append(separator).append(word);
      separator = " ";
    }
    text.append('\n');
  }
}

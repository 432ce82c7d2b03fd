// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.verifier.bpf.MapType;
import org.bpfseal.verifier.bpf.ProgramType;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.program.Generation;

/** Reads the lines of one program, from {@code program} to its last {@code link}. */
final class ProgramEntryReader {
  private static final int MAPS_MOST = 64;
  private static final int PROGS_MOST = 32;
  private static final int LINKS_MOST = 64;
  private static final int DATA_MOST = 16 * 1024 * 1024;
  private static final int INSNS_MOST = 8_000_000;
  private static final int UNIT = 8;

  private final LineReader in;
  private final Optional<GuardEntry> guard;
  private final List<ProgramEntry> earlier;

  /** The lines behind the guard's parts. */
  @FunctionalInterface
  interface Confirmers {
    List<CertificateEntry> read() throws FormatException;
  }

  /**
   * @param in at the first line; left at the line behind the program's last
   * @param guard the image's
   * @param earlier the programs before this one
   */
  ProgramEntryReader(LineReader in, Optional<GuardEntry> guard, List<ProgramEntry> earlier) {
    this.in = in;
    this.guard = guard;
    this.earlier = earlier;
  }

  ProgramEntry read() throws FormatException {
    in.expect("program", 3, "program NAME required|optional");
    String name = in.expect(1, WordShape.NAME, "a program name");
    if (guard.isPresent() && name.equals(GuardEntry.NAME)) {
      throw in.fail(1, "another name than the guard's");
    }
    if (earlier.stream().anyMatch(program -> program.name().equals(name))) {
      throw in.fail(1, "a program not named before");
    }
    boolean optional = in.word(2).equals("optional");
    if (!optional && !in.word(2).equals("required")) {
      throw in.fail(2, "required|optional");
    }
    in.next();
    FileDigest data = data();
    Map<Generation, FileDigest> forms = forms();
    List<MapEntry> maps = maps(true);
    List<ProgEntry> progs = progs();
    return new ProgramEntry(name, optional, data, forms, maps, progs, links(progs));
  }

  /** From the guard's line {@code data} to its last {@code confirm}. */
  GuardEntry guard(LoadPolicy loads, Confirmers confirmers) throws FormatException {
    FileDigest data = data();
    Map<Generation, FileDigest> forms = forms();
    List<MapEntry> maps = maps(false);
    return new GuardEntry(loads, data, forms, maps, progs(), confirmers.read());
  }

  private FileDigest data() throws FormatException {
    in.expect("data", 3, "data SIZE SHA256");
    return file(1, DATA_MOST);
  }

  /** Both kinds of file consist of 8-byte units; only then the kernel hashes exactly the blob. */
  private FileDigest file(int word, int most) throws FormatException {
    String size = in.word(word);
    if (!WordShape.isNumber(size, UNIT, most) || Integer.parseInt(size) % UNIT != 0) {
      throw in.fail(word, "a size in bytes from 8 to " + most + ", a multiple of 8");
    }
    FileDigest file = new FileDigest(Integer.parseInt(size), ManifestReader.sha256(in, word + 1));
    in.next();
    return file;
  }

  private Map<Generation, FileDigest> forms() throws FormatException {
    String shape = "form 7.3|6.18 SIZE SHA256";
    Map<Generation, FileDigest> forms = new EnumMap<>(Generation.class);
    for (Generation generation : Generation.values()) {
      if (in.is("form") && in.count() > 1 && in.word(1).equals(generation.id())) {
        in.expect("form", 4, shape);
        forms.put(generation, file(2, INSNS_MOST));
      }
    }
    if (forms.isEmpty()) {
      throw in.fail(0, shape);
    }
    return forms;
  }

  private List<MapEntry> maps(boolean withPins) throws FormatException {
    List<MapEntry> maps = new ArrayList<>();
    while (in.is("map")) {
      if (maps.size() == MAPS_MOST) {
        throw in.fail(0, "at most 64 map lines");
      }
      boolean pinned = withPins && in.count() == 4 && in.word(3).equals("pin");
      if (!pinned) {
        in.expect("map", 3, "map NAME TYPE [pin]");
      }
      String name = in.expect(1, WordShape.OBJECT_NAME, "a kernel map name");
      MapType type = MapType.of(in.word(2)).orElseThrow(() -> in.fail(2, "a map type"));
      if (pinned && !isFree(name, maps)) {
        throw in.fail(3, "no pin, the name has a dot or is pinned before");
      }
      maps.add(new MapEntry(name, type, pinned));
      in.next();
    }
    return maps;
  }

  private static boolean isFree(String name, List<MapEntry> maps) {
    return !name.contains(".")
        && maps.stream().noneMatch(map -> map.pinned() && map.name().equals(name));
  }

  private List<ProgEntry> progs() throws FormatException {
    List<ProgEntry> progs = new ArrayList<>();
    while (in.is("prog")) {
      if (progs.size() == PROGS_MOST) {
        throw in.fail(0, "at most 32 prog lines");
      }
      in.expect("prog", 3, "prog NAME TYPE");
      String name = in.expect(1, WordShape.OBJECT_NAME, "a kernel program name");
      ProgramType type = ProgramType.of(in.word(2)).orElseThrow(() -> in.fail(2, "a program type"));
      progs.add(new ProgEntry(name, type));
      in.next();
    }
    return progs;
  }

  private List<LinkEntry> links(List<ProgEntry> progs) throws FormatException {
    List<LinkEntry> links = new ArrayList<>();
    while (in.is("link")) {
      if (links.size() == LINKS_MOST) {
        throw in.fail(0, "at most 64 link lines");
      }
      links.add(LinkReader.read(in, guard, progs, links));
      in.next();
    }
    return links;
  }
}

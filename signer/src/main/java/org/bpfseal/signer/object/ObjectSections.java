// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.signer.elf.ElfFile;
import org.bpfseal.signer.elf.ElfSection;
import org.bpfseal.signer.elf.ElfSymbol;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * The sections of an ELF file that mean something to BPF, by their names and types, as {@code
 * bpf_object__elf_collect()} of libbpf 1.8 sorts them.
 *
 * @param license text of the section {@code license}; empty if there is none
 * @param maps the section {@code .maps}
 * @param text index of {@code .text}; 0 if there is none or it is empty
 * @param code sections with instructions
 * @param variables sections with global variables
 */
record ObjectSections(
    String license,
    Optional<ElfSection> maps,
    Optional<ElfSection> btf,
    Optional<ElfSection> btfExt,
    int text,
    List<ElfSection> code,
    List<ElfSection> variables) {
  static final String MAPS = ".maps";

  /** {@code sizeof(obj->license) - 1}. */
  private static final int LONGEST_LICENSE = 63;

  /** Copies the lists. */
  ObjectSections {
    code = List.copyOf(code);
    variables = List.copyOf(variables);
  }

  /** Sorts the sections and refuses those that no light skeleton can hold. */
  static ObjectSections of(ElfFile elf) throws FormatException, ObjectRefusedException {
    String license = "";
    Optional<ElfSection> maps = Optional.empty();
    Optional<ElfSection> btf = Optional.empty();
    Optional<ElfSection> btfExt = Optional.empty();
    int text = 0;
    List<ElfSection> code = new ArrayList<>();
    List<ElfSection> variables = new ArrayList<>();
    for (ElfSection section : elf.sections()) {
      if (isIgnored(section)) {
        continue;
      }
      switch (section.name()) {
        case "license" -> license = license(section.content());
        case "version" -> {}
        case "maps" -> throw oldMaps();
        case MAPS -> maps = Optional.of(section);
        case ".BTF" -> btf = Optional.of(types(section));
        case ".BTF.ext" -> btfExt = Optional.of(types(section));
        default -> {
          if (isCode(section)) {
            code.add(section);
            text = section.name().equals(".text") ? section.index() : text;
          } else if (isVariables(section)) {
            variables.add(section);
          } else {
            refuse(elf, section);
          }
        }
      }
    }
    return new ObjectSections(license, maps, btf, btfExt, text, code, variables);
  }

  private static boolean isIgnored(ElfSection section) {
    return section.type() == ElfSection.NULL
        || section.type() == ElfSection.STRTAB
        || section.name().startsWith(".debug_");
  }

  private static boolean isCode(ElfSection section) {
    return section.type() == ElfSection.PROGBITS && section.size() > 0 && section.isExecutable();
  }

  private static boolean isVariables(ElfSection section) {
    if (section.type() == ElfSection.NOBITS) {
      return section.size() != 0 && section.isOfFamily(".bss");
    }
    return section.type() == ElfSection.PROGBITS
        && section.size() > 0
        && (section.isOfFamily(".data")
            || section.isOfFamily(".rodata")
            || section.isOfFamily(".percpu"));
  }

  private static String license(Bytes content) {
    int end = content.indexOf(0, 0);
    int length = Math.min(end < 0 ? content.size() : end, LONGEST_LICENSE);
    return new String(content.slice(0, length).toArray(), StandardCharsets.ISO_8859_1);
  }

  private static ElfSection types(ElfSection section) throws FormatException {
    if (section.type() != ElfSection.PROGBITS) {
      throw new FormatException(
          "ELF",
          "section " + section.index() + " " + section.name(),
          section.offset(),
          "expected section type 1 (PROGBITS), found " + section.type());
    }
    return section;
  }

  private static void refuse(ElfFile elf, ElfSection section)
      throws FormatException, ObjectRefusedException {
    if (section.type() != ElfSection.PROGBITS || section.size() == 0) {
      return;
    }
    switch (section.name()) {
      case ".struct_ops", ".struct_ops.link", "?.struct_ops", "?.struct_ops.link" ->
          throw structOps(elf, section);
      case ".addr_space.1" ->
          throw ObjectRefusedException.ofSection(
              section.name(),
              "holds variables of an arena, which a light skeleton can't fill",
              "keep the arena and allocate in it at run time, or sign with --as object");
      case ".jumptables" ->
          throw ObjectRefusedException.ofSection(
              section.name(),
              "holds tables of indirect jumps, which need maps of the running kernel",
              "compile without jump tables (-fno-jump-tables), or sign with --as object");
      default -> {}
    }
  }

  private static ObjectRefusedException oldMaps() {
    return ObjectRefusedException.ofSection(
        "maps",
        "defines maps the old way, which libbpf 1.0 has dropped",
        "define them with BTF in SEC(\".maps\")");
  }

  private static ObjectRefusedException structOps(ElfFile elf, ElfSection section)
      throws FormatException {
    String problem = "struct_ops is not possible in a light skeleton";
    String hint = "split it into an object of its own and sign that with --as object";
    for (int i = 0; i < elf.symbols().count(); i++) {
      if (elf.symbols().type(i) == ElfSymbol.OBJECT
          && elf.symbols().section(i) == section.index()) {
        return ObjectRefusedException.ofSymbol(
            section.name(), elf.symbols().symbol(i).name(), problem, hint);
      }
    }
    return ObjectRefusedException.ofSection(section.name(), "asks for " + problem, hint);
  }
}

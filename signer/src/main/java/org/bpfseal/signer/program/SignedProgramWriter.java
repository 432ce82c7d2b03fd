// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;

/**
 * Writes a signed program, version 1: a newc archive that is a pure function of the program.
 *
 * <pre>
 *   bpfseal-program   "1\n"
 *   name              NAME "\n"
 *   data              the blob; of a program without a loader its map's value, or nothing
 *   load              how such a program is loaded
 *   7.3/insns, 7.3/sig.p7s, 6.18/insns, 6.18/sig.p7s      for each form, newest first
 *   object            the ELF file, if kept
 *   TRAILER!!!
 * </pre>
 *
 * <p>Every entry: mode 0100644, one link, inode numbers from 1 in order, all else 0; padded to 4
 * bytes and not to a block. See cpio(5).
 */
public final class SignedProgramWriter {
  private static final int ALIGNMENT = 4;
  private static final int MODE = CpioConstants.C_ISREG | 0644;

  private final CpioArchiveOutputStream archive;
  private int inode;

  private SignedProgramWriter(CpioArchiveOutputStream archive) {
    this.archive = archive;
  }

  /** The archive's bytes. */
  public static Bytes write(SignedProgram program) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CpioArchiveOutputStream archive =
        new CpioArchiveOutputStream(
            bytes, CpioConstants.FORMAT_NEW, ALIGNMENT, StandardCharsets.UTF_8.name())) {
      new SignedProgramWriter(archive).members(program);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return Bytes.owning(bytes.toByteArray());
  }

  private void members(SignedProgram program) throws IOException {
    member("bpfseal-program", Bytes.utf8("1\n"));
    member("name", Bytes.utf8(program.name() + "\n"));
    member("data", program.data());
    if (program.direct().isPresent()) {
      member("load", Bytes.utf8(program.direct().get().text()));
    }
    for (SignedForm form : program.forms()) {
      member(form.generation().id() + "/insns", form.insns());
      member(form.generation().id() + "/sig.p7s", form.signature());
    }
    if (program.object().isPresent()) {
      member("object", program.object().get());
    }
  }

  private void member(String name, Bytes content) throws IOException {
    CpioArchiveEntry entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, name, content.size());
    inode++;
    entry.setInode(inode);
    entry.setMode(MODE);
    entry.setNumberOfLinks(1);
    entry.setTime(0);
    archive.putArchiveEntry(entry);
    archive.write(content.toArray());
    archive.closeArchiveEntry();
  }
}

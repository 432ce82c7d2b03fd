// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Puts the signature databases into a variable store of UEFI firmware that has no variables yet.
 *
 * <p>Behind a volume header of 72 bytes and a store header of 28: for each variable u16 0x55aa ‖ u8
 * state ‖ u8 0 ‖ u32 attributes ‖ 8 + 16 + 4 bytes of zeros ‖ u32 size of the name ‖ u32 size of
 * the value ‖ GUID ‖ name in UTF-16 with its end ‖ value, padded to 4 bytes. All little-endian. A
 * value is a row of EFI_SIGNATURE_LISTs: GUID ‖ u32 size ‖ u32 0 ‖ u32 size of an entry ‖ entries
 * of owner's GUID ‖ data. UEFI specification 2.10, section 32.4.1.
 */
public final class FirmwareVariables {
  private static final int FIRST = 72 + 28;
  private static final int ADDED = 0x3f;

  /** Non-volatile, for boot services and run time. */
  private static final int ATTRIBUTES = 7;

  private static final UUID DATABASES = UUID.fromString("d719b2cb-3d3a-4596-a3bc-dad00e67656f");
  private static final UUID X509 = UUID.fromString("a5c059a1-94e4-4aa7-87b5-ab155c2bf072");
  private static final UUID SHA256_OF_FILE =
      UUID.fromString("c1c41626-504c-4092-aca9-41f936934328");
  private static final UUID SHA256_OF_TBS = UUID.fromString("3bd2a492-96c0-4079-b420-fcf98ef103ed");

  private final ByteArrayOutputStream variables = new ByteArrayOutputStream();

  /** Certificates that firmware trusts: {@code db}, the kernel's platform keyring. */
  public FirmwareVariables trusted(List<Bytes> certificates) {
    variable("db", lists(X509, certificates));
    return this;
  }

  /**
   * What it forbids: {@code dbx}, of which hashes are the kernel's blacklist, and certificates its
   * revocation list, where it has one.
   */
  public FirmwareVariables forbidden(
      List<Bytes> tbsHashes, List<Bytes> files, List<Bytes> certificates) {
    Bytes hashes = Bytes.concat(lists(SHA256_OF_TBS, tbsHashes), lists(SHA256_OF_FILE, files));
    variable("dbx", Bytes.concat(hashes, lists(X509, certificates)));
    return this;
  }

  /** The store with them. */
  public Bytes in(Bytes store) {
    byte[] all = store.toArray();
    System.arraycopy(variables.toByteArray(), 0, all, FIRST, variables.size());
    return Bytes.owning(all);
  }

  /**
   * QEMU's words for the lab's firmware with them.
   *
   * @param store where the variables are kept; overwritten
   */
  public List<String> devices(Path store) {
    Path ovmf = Lab.ovmf();
    try {
      Bytes empty = Bytes.owning(Files.readAllBytes(ovmf.resolve("OVMF_VARS_4M.fd")));
      Files.write(store, in(empty).toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String flash = "if=pflash,format=raw,unit=%d,readonly=%s,file=%s";
    return List.of(
        "-drive",
        flash.formatted(0, "on", ovmf.resolve("OVMF_CODE_4M.fd")),
        "-drive",
        flash.formatted(1, "off", store));
  }

  private void variable(String name, Bytes value) {
    byte[] text = (name + "\0").getBytes(StandardCharsets.UTF_16LE);
    ByteBuffer header = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
    header.putShort((short) 0x55aa).put((byte) ADDED).put((byte) 0).putInt(ATTRIBUTES);
    header.position(36).putInt(text.length).putInt(value.size()).put(guid(DATABASES));
    variables.writeBytes(header.array());
    variables.writeBytes(text);
    variables.writeBytes(value.toArray());
    variables.writeBytes(new byte[-variables.size() & 3]);
  }

  /** One list for each entry: of certificates each has its own size. */
  private static Bytes lists(UUID type, List<Bytes> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Bytes entry : entries) {
      int size = 16 + entry.size();
      ByteBuffer header = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
      header.put(guid(type)).putInt(28 + size).putInt(0).putInt(size);
      out.writeBytes(header.array());
      out.writeBytes(guid(DATABASES));
      out.writeBytes(entry.toArray());
    }
    return Bytes.owning(out.toByteArray());
  }

  /** Its first three fields are numbers, so little-endian. */
  private static byte[] guid(UUID id) {
    ByteBuffer big = ByteBuffer.allocate(16).putLong(id.getMostSignificantBits());
    byte[] all = big.putLong(id.getLeastSignificantBits()).array();
    for (int[] field : new int[][] {{0, 4}, {4, 6}, {6, 8}}) {
      byte[] copy = Arrays.copyOfRange(all, field[0], field[1]);
      for (int i = 0; i < copy.length; i++) {
        all[field[1] - 1 - i] = copy[i];
      }
    }
    return all;
  }
}

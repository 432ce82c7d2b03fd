// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.integration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.bpfseal.preload.image.ImageFile;
import org.bpfseal.preload.loader.BootProgram;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * What makes a distribution's initramfs, and the files that make it put {@value #IMAGE} in. The
 * image must be unpacked ({@code bpf-preload build --compress none}): the tool packs the whole.
 */
public enum BootTool {
  /** Debian's default: a hook, and a script that shows the pins again in the /run it mounts. */
  INITRAMFS_TOOLS {
    @Override
    public List<ImageFile> files() {
      return List.of(
          program("etc/initramfs-tools/hooks/bpfseal", "initramfs-tools/hook"),
          program("etc/initramfs-tools/scripts/init-bottom/bpfseal", "initramfs-tools/init-bottom"),
          text(GRUB, "grub.cfg"));
    }
  },

  /** Fedora's, openSUSE's and others' default: a module. */
  DRACUT {
    @Override
    public List<ImageFile> files() {
      return List.of(
          program("usr/lib/dracut/modules.d/70bpfseal/module-setup.sh", "dracut/module-setup.sh"),
          text(GRUB, "grub.cfg"));
    }
  },

  /** Arch's default: an install hook and its place in the list. */
  MKINITCPIO {
    @Override
    public List<ImageFile> files() {
      return List.of(
          text("etc/initcpio/install/bpfseal", "mkinitcpio/install"),
          text("etc/mkinitcpio.conf.d/bpfseal.conf", "mkinitcpio/bpfseal.conf"),
          text(GRUB, "grub.cfg"));
    }
  },

  /**
   * No boot tool: the control program for the system that was booted, and a unit that fails where
   * an image older than any before was.
   */
  SYSTEMD {
    @Override
    public List<ImageFile> files() {
      return List.of(
          ImageFile.executable("usr/sbin/bpfseal", BootProgram.INIT.executable()),
          text("usr/lib/systemd/system/bpfseal-floor.service", "systemd/floor.service"));
    }
  },

  /**
   * A unified kernel image: the preload image is the last of its initrds, so nothing replaces it.
   */
  UKIFY {
    @Override
    public List<ImageFile> files() {
      return List.of(text("etc/kernel/bpfseal-uki.conf", "ukify/bpfseal-uki.conf"));
    }
  };

  /** Where the system keeps the image. */
  public static final String IMAGE = "/usr/lib/bpfseal/preload.img";

  private static final String GRUB = "etc/default/grub.d/bpfseal.cfg";

  /** Its files, by their path from the system's root. */
  public abstract List<ImageFile> files();

  /** As the tool's own name is written. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static ImageFile program(String path, String resource) {
    return ImageFile.executable(path, content(resource));
  }

  private static ImageFile text(String path, String resource) {
    return ImageFile.of(path, content(resource));
  }

  private static Bytes content(String resource) {
    try (InputStream in = BootTool.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + resource);
      }
      return Bytes.owning(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

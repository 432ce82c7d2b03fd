// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * The map {@code .kconfig}: where each variable is and what it holds.
 *
 * @param offsets by name
 */
record ConfigSection(List<ConfigVariable> variables, Map<String, Integer> offsets, int size) {
  private static final String OPTION = "CONFIG_";
  private static final String VIRTUAL = "LINUX_";

  /** As much as a blob can hold. */
  private static final long LARGEST = 16 << 20;

  /** Copies list and map. */
  ConfigSection {
    variables = List.copyOf(variables);
    offsets = Map.copyOf(offsets);
  }

  static ConfigSection of(List<ConfigVariable> declared) throws ObjectRefusedException {
    List<ConfigVariable> variables = new ArrayList<>(declared);
    variables.sort(ExternReader.configOrder());
    Map<String, Integer> offsets = new HashMap<>();
    long end = 0;
    for (ConfigVariable variable : variables) {
      long offset = (end + variable.alignment() - 1) / variable.alignment() * variable.alignment();
      end = offset + variable.size();
      if (end > LARGEST) {
        throw refused(variable, "is too large", "make it smaller");
      }
      offsets.put(variable.name(), (int) offset);
    }
    return new ConfigSection(variables, offsets, (int) end);
  }

  /**
   * The value of the map, in the object's byte order. (bpftool 7.8.0 writes the numbers in the
   * order of the machine it runs on, which is wrong for an object of the other order.)
   */
  Bytes value(TargetOptions target, ByteOrder order) throws ObjectRefusedException {
    byte[] value = new byte[size];
    for (ConfigVariable variable : variables) {
      int at = offsets.getOrDefault(variable.name(), 0);
      ByteBuffer place = ByteBuffer.wrap(value, at, (int) variable.size()).slice().order(order);
      if (variable.name().startsWith(OPTION)) {
        option(variable, target, place);
      } else {
        number(variable, virtual(variable, target), place);
      }
    }
    return Bytes.owning(value);
  }

  private static long virtual(ConfigVariable variable, TargetOptions target)
      throws ObjectRefusedException {
    return switch (variable.name()) {
      case "LINUX_KERNEL_VERSION" ->
          target
              .release()
              .orElseThrow(
                  () ->
                      refused(
                          variable,
                          "needs the kernel release of the target",
                          "give it with --target-release X.Y.Z"))
              .code();
      // What the newest kernel has, which a light skeleton is always made for.
      case "LINUX_HAS_BPF_COOKIE", "LINUX_HAS_SYSCALL_WRAPPER" -> 1;
      default -> {
        if (variable.weak() && variable.name().startsWith(VIRTUAL)) {
          yield 0;
        }
        throw refused(variable, "is no value that is known", "name a CONFIG_ option");
      }
    };
  }

  private static void option(ConfigVariable variable, TargetOptions target, ByteBuffer place)
      throws ObjectRefusedException {
    KernelConfig config =
        target
            .config()
            .orElseThrow(
                () ->
                    refused(
                        variable,
                        "needs the kernel configuration of the target",
                        "give it with --kconfig FILE, such as /boot/config-RELEASE"));
    Optional<String> given = config.value(variable.name());
    if (given.isEmpty()) {
      if (!variable.weak()) {
        throw refused(
            variable, "is not set in that kernel configuration", "declare it __weak, then it is 0");
      }
      return;
    }
    String text = given.get();
    switch (text.charAt(0)) {
      case 'y', 'n', 'm' -> letter(variable, text.charAt(0), place);
      case '"' -> text(variable, text, place);
      default -> {
        if (variable.shape() == ConfigVariable.Shape.BOOLEAN) {
          throw mismatch(variable, text);
        }
        number(
            variable, ConfigNumber.parse(text).orElseThrow(() -> mismatch(variable, text)), place);
      }
    }
  }

  private static void letter(ConfigVariable variable, char letter, ByteBuffer place)
      throws ObjectRefusedException {
    int yes = letter == 'y' ? 1 : 0;
    switch (variable.shape()) {
      case BOOLEAN -> {
        if (letter == 'm') {
          throw mismatch(variable, "m");
        }
        place.put((byte) yes);
      }
      case TRISTATE -> {
        int value = letter == 'm' ? 2 : yes;
        if (place.remaining() == Long.BYTES) {
          place.putLong(value);
        } else {
          place.putInt(value);
        }
      }
      case CHARACTER -> place.put((byte) letter);
      case NUMBER, TEXT -> throw mismatch(variable, String.valueOf(letter));
    }
  }

  private static void text(ConfigVariable variable, String text, ByteBuffer place)
      throws ObjectRefusedException {
    if (variable.shape() != ConfigVariable.Shape.TEXT
        || text.length() < 2
        || !text.endsWith("\"")) {
      throw mismatch(variable, text);
    }
    byte[] bytes = text.substring(1, text.length() - 1).getBytes(StandardCharsets.UTF_8);
    place.put(bytes, 0, Math.min(bytes.length, place.remaining() - 1));
  }

  private static void number(ConfigVariable variable, long value, ByteBuffer place)
      throws ObjectRefusedException {
    boolean fits =
        switch (variable.shape()) {
          case BOOLEAN -> value == 0 || value == 1;
          case NUMBER, CHARACTER ->
              ConfigNumber.fits(value, (int) variable.size(), variable.signed());
          case TRISTATE, TEXT -> false;
        };
    if (!fits) {
      throw mismatch(variable, Long.toString(value));
    }
    switch (place.remaining()) {
      case 1 -> place.put((byte) value);
      case 2 -> place.putShort((short) value);
      case 4 -> place.putInt((int) value);
      default -> place.putLong(value);
    }
  }

  private static ObjectRefusedException mismatch(ConfigVariable variable, String value) {
    return refused(
        variable, "can't hold the value " + value, "declare it with the type of the option");
  }

  private static ObjectRefusedException refused(
      ConfigVariable variable, String problem, String hint) {
    return ObjectRefusedException.ofSymbol(ExternReader.CONFIG, variable.name(), problem, hint);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bpfseal.signer.object.BpfObjectReader;
import org.bpfseal.signer.object.Damage;
import org.bpfseal.signer.object.ObjectRefusedException;
import org.bpfseal.signer.object.TargetOptions;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;

/** A damaged object gives a skeleton or one of the two exceptions. */
class LightSkeletonFuzzTest {
  @FuzzTest(maxDuration = "3s")
  void generatorIsTotal(byte[] input) {
    generate(Damage.apply(input));
  }

  static void generate(Bytes file) {
    try {
      LightSkeleton skeleton =
          LightSkeleton.of(BpfObjectReader.read(file, "fuzz", TargetOptions.DEFAULT));
      Assertions.assertEquals(0, skeleton.data().size() % 8);
      Assertions.assertFalse(skeleton.insns(LoaderForm.SIGNED_SELF_CHECKING).isEmpty());
    } catch (FormatException e) {
      Assertions.assertTrue(e.offset() >= 0 && e.offset() <= file.size(), e.getMessage());
    } catch (ObjectRefusedException e) {
      Assertions.assertNotNull(e.getMessage());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.HashSet;
import java.util.Set;
import org.bpfseal.signer.btf.Btf;
import org.bpfseal.signer.btf.BtfEditor;
import org.bpfseal.signer.btf.BtfKind;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Tells the kernel which functions of {@code .text} are hidden: it verifies a global function
 * alone, a static one together with its callers.
 */
final class FunctionTypes {
  private FunctionTypes() {}

  static void hide(FunctionTable functions, BtfEditor editor) throws FormatException {
    Set<String> hidden = new HashSet<>();
    for (BpfFunction function : functions.functions()) {
      if (function.subprogram() && function.visibility() == BpfFunction.Visibility.HIDDEN) {
        hidden.add(function.name());
      }
    }
    Btf btf = editor.view();
    for (int id = 1; id < btf.count() && !hidden.isEmpty(); id++) {
      if (btf.kind(id) == BtfKind.FUNC
          && btf.linkage(id) == Btf.GLOBAL
          && hidden.remove(btf.name(id))) {
        editor.makeFunctionStatic(id);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.token.ChallengeReader;
import org.bpfseal.verifier.token.SignedToken;
import org.bpfseal.verifier.token.SignedTokenReader;
import org.bpfseal.verifier.token.Token;

/** A token or a challenge: what it allows or asks for. */
final class TokenInspector {
  private TokenInspector() {}

  static Inspection inspect(Bytes file) throws FormatException {
    SignedToken signed = SignedTokenReader.read(file);
    List<Inspection.Row> rows = rows(signed.token());
    String size = signed.signature().size() + " bytes of CMS";
    rows.add(row("signature", size, signed.signature().size()));
    return new Inspection("token", rows);
  }

  static Inspection inspectChallenge(Bytes file) throws FormatException {
    return new Inspection("challenge", rows(ChallengeReader.read(file)));
  }

  private static List<Inspection.Row> rows(Token token) {
    List<Inspection.Row> rows = new ArrayList<>();
    rows.add(row("operation", token.operation().text(), token.operation().text()));
    rows.add(
        new Inspection.Row(
            "link",
            List.of(Long.toString(token.link()), token.name()),
            Inspection.fields("id", token.link(), "name", token.name())));
    String sequence = Long.toUnsignedString(token.sequence());
    rows.add(row("sequence", sequence, sequence));
    rows.add(row("nonce", token.nonce().toHex(), token.nonce().toHex()));
    token.digest().ifPresent(hash -> rows.add(row("digest", hash.toHex(), hash.toHex())));
    return rows;
  }

  private static Inspection.Row row(String label, String cell, Object value) {
    return new Inspection.Row(label, List.of(cell), Inspection.fields("value", value));
  }
}

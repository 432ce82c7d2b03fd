// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.bpfseal.signer.SigningParameters;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Json;

/**
 * An in-toto statement (version 1) with a SLSA provenance (version 1): the results' digests, what
 * made them, and whose keys signed. Inputs are named and not hashed.
 *
 * <p>The time is {@code SOURCE_DATE_EPOCH}'s; without it there is none, so that the same inputs
 * give the same statement.
 */
final class Provenance {
  private static final String BUILD_TYPE = "urn:bpfseal:sign:1";

  private Provenance() {}

  static Bytes of(
      SignKind kind, SigningParameters how, List<SigningIdentity> signers, List<Outcome> outcomes)
      throws CommandFailure {
    List<Outcome.Done> done =
        outcomes.stream()
            .flatMap(
                outcome -> outcome instanceof Outcome.Done one ? Stream.of(one) : Stream.empty())
            .toList();
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("_type", "https://in-toto.io/Statement/v1");
    statement.put("subject", done.stream().map(Provenance::subject).toList());
    statement.put("predicateType", "https://slsa.dev/provenance/v1");
    Map<String, Object> predicate = new LinkedHashMap<>();
    predicate.put("buildDefinition", definition(kind, how, signers, done));
    predicate.put("runDetails", run());
    statement.put("predicate", predicate);
    return Bytes.utf8(Json.of(statement) + "\n");
  }

  private static Map<String, Object> subject(Outcome.Done done) {
    Map<String, Object> subject = new LinkedHashMap<>();
    subject.put("name", String.valueOf(done.task().output().getFileName()));
    subject.put("digest", Map.of("sha256", done.sha256()));
    if (!done.parts().isEmpty()) {
      subject.put("annotations", Map.of("generations", done.parts()));
    }
    return subject;
  }

  private static Map<String, Object> definition(
      SignKind kind,
      SigningParameters how,
      List<SigningIdentity> signers,
      List<Outcome.Done> done) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("kind", kind.name().toLowerCase(Locale.ROOT));
    parameters.put("digest", how.digest().id());
    parameters.put("signerId", how.form().id());
    parameters.put("signers", signers.stream().map(Provenance::signer).toList());
    parameters.put("inputs", done.stream().map(one -> one.task().input().toString()).toList());
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("buildType", BUILD_TYPE);
    definition.put("externalParameters", parameters);
    return definition;
  }

  private static Map<String, Object> signer(SigningIdentity identity) {
    Map<String, Object> signer = new LinkedHashMap<>();
    signer.put("certificate", identity.certificate().subject());
    signer.put("skid", identity.certificate().skid().toHex());
    signer.put("publicKeySha256", identity.key().publicKey().sha256().toHex());
    return signer;
  }

  private static Map<String, Object> run() throws CommandFailure {
    Map<String, Object> builder = new LinkedHashMap<>();
    builder.put("id", "urn:bpfseal:bpf-sign");
    builder.put("version", Map.of("bpf-sign", BpfSign.VERSION));
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("builder", builder);
    String epoch = System.getenv("SOURCE_DATE_EPOCH");
    if (epoch != null) {
      run.put("metadata", Map.of("finishedOn", time(epoch).toString()));
    }
    return run;
  }

  private static Instant time(String epoch) throws CommandFailure {
    try {
      return Instant.ofEpochSecond(Long.parseLong(epoch));
    } catch (RuntimeException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "SOURCE_DATE_EPOCH is no number of seconds: \"" + epoch + "\"");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * The part of HashiCorp Vault's Transit engine that signs, on this machine: {@code GET keys/NAME},
 * {@code POST sign/NAME} with a SHA-256 digest, both with a bearer token.
 */
final class StubVault implements AutoCloseable {
  static final String TOKEN = "s.correct-horse";

  private static final Pattern INPUT = Pattern.compile("\"input\"\\s*:\\s*\"([^\"]+)\"");
  private static final Bytes SHA_256_INFO = Bytes.hex("3031300d060960864801650304020105000420");

  private final HttpServer server;
  private final PrivateKey key;
  private final boolean damages;

  /**
   * Starts it.
   *
   * @param damages whether its signatures are wrong
   */
  StubVault(PrivateKey key, boolean damages) throws IOException {
    this.key = key;
    this.damages = damages;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/transit/keys/bpf", exchange -> answer(exchange, false));
    server.createContext("/v1/transit/sign/bpf", exchange -> answer(exchange, true));
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/transit";
  }

  private void answer(HttpExchange exchange, boolean signs) throws IOException {
    try (exchange) {
      String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      boolean known =
          ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
      String text =
          !known
              ? "{\"errors\":[\"permission denied\"]}"
              : signs
                  ? "{\"data\":{\"signature\":\"vault:v1:" + signature(request) + "\"}}"
                  : "{\"data\":{\"name\":\"bpf\",\"type\":\"rsa-2048\"}}";
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(known ? 200 : 403, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String signature(String request) throws IOException {
    Matcher input = INPUT.matcher(request);
    if (!input.find() || !request.contains("pkcs1v15") || !request.contains("sha2-256")) {
      throw new IOException("not the request of a PKCS#1 signature: " + request);
    }
    Bytes digest = Bytes.owning(Base64.getDecoder().decode(input.group(1)));
    try {
      Signature signature = Signature.getInstance("NONEwithRSA");
      signature.initSign(key);
      signature.update(Bytes.concat(SHA_256_INFO, digest).toArray());
      byte[] value = signature.sign();
      value[0] ^= (byte) (damages ? 1 : 0);
      return Base64.getEncoder().encodeToString(value);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

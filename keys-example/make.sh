#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make.sh: makes new example keys and certificates in this folder; it keeps those that are there. Signatures in
# test-vectors are by the committed ones, so new ones are only for a copy of this folder.
set -eu
cd "$(dirname "$0")"

# certificate NAME KEY-ALGORITHM OPTION...: a key (PKCS#8, PEM) and its self-signed certificate with a subject key identifier.
certificate() {
  name=$1
  shift
  [ ! -e "$name.key" ] || return 0
  openssl genpkey -quiet -algorithm "$@" -out "$name.key" 2>/dev/null || openssl genpkey -algorithm "$@" -out "$name.key"
  openssl req -new -x509 -key "$name.key" -sha256 -days 36500 -subj "/O=bpfseal/CN=example $name, never trust" \
    -addext basicConstraints=critical,CA:FALSE -addext keyUsage=critical,digitalSignature \
    -addext subjectKeyIdentifier=hash -addext authorityKeyIdentifier=none -out "$name.crt"
}

certificate rsa RSA -pkeyopt rsa_keygen_bits:2048
certificate p256 EC -pkeyopt ec_paramgen_curve:P-256
certificate other RSA -pkeyopt rsa_keygen_bits:2048

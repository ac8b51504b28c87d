#!/usr/bin/env bash
# Lays out the files of a control-plane image in artifacts/images/NAME/: the published binary, the few libraries it loads, and
# nothing else. With the output on `FROM scratch` no base image has to be pulled. Used by the Dockerfiles (built from source) and
# before them (binaries published on this machine).
#
#   scripts/image-files.sh gateway [agent provisioner …]
set -euo pipefail
cd "$(dirname "$0")/.."

case "$(uname -m)" in
  x86_64) rid=linux-x64 ;;
  aarch64) rid=linux-arm64 ;;
  *) echo "image-files: error: $(uname -m) is not supported; use x86_64 or aarch64" >&2; exit 1 ;;
esac

# The dynamic loader, libc and libm are linked; .NET opens OpenSSL by name when it needs a hash or TLS.
libraries_of() {
  ldd "$1" | grep -oE '/[^ )]+'
  local name
  for name in libssl.so.3 libcrypto.so.3; do
    ldconfig -p | awk -v name="$name" '$1 == name { print $NF; exit }'
  done
}

lay_out() {
  local name=$1 binary="artifacts/$rid/esb-$1" target="artifacts/images/$1" library
  [ -x "$binary" ] || { echo "image-files: error: $binary is not there; run scripts/publish.sh $name" >&2; exit 1; }
  rm -rf "$target"
  mkdir -p "$target"/root/etc/ssl/certs "$target"/root/app/config "$target"/root/app/runtime-config "$target"/shared/run/esb "$target"/owned/var/lib/esb
  # The agent makes its socket there, members of the group may go in.
  chmod 750 "$target/shared/run/esb"
  install -m 755 "$binary" "$target/root/esb-$name"
  while read -r library; do
    install -D -m 755 "$(readlink -f "$library")" "$target/root$library"
  done < <(libraries_of "$binary")
  printf 'root:x:0:0::/:/\nnonroot:x:65532:65532::/:/\n' >"$target/root/etc/passwd"
  printf 'root:x:0:\nnonroot:x:65532:\n' >"$target/root/etc/group"
  # For TLS to others: registries, issuers of tokens, collectors of traces.
  if [ -r /etc/ssl/certs/ca-certificates.crt ]; then
    install -m 644 /etc/ssl/certs/ca-certificates.crt "$target/root/etc/ssl/certs/ca-certificates.crt"
  fi
}

[ $# -gt 0 ] || { echo "usage: scripts/image-files.sh NAME …" >&2; exit 2; }
for name in "$@"; do lay_out "$name"; done

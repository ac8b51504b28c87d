#!/usr/bin/env bash
# Collects the files of a control-plane image in artifacts/images/NAME/: the published binary, the few libraries that it
# loads, and nothing else. With these files on `FROM scratch`, no base image has to be pulled. Used by the Dockerfiles
# (built from source) and before them (binaries published on this machine).
#
#   scripts/image-files.sh gateway [agent provisioner …]
#   scripts/image-files.sh --sysroot FOLDER --from BINARIES --to IMAGES NAME …
#
# --sysroot: takes libraries and certificates from another Debian than this one.
set -euo pipefail
cd "$(dirname "$0")/.."

case "$(uname -m)" in
  x86_64) rid=linux-x64 ;;
  aarch64) rid=linux-arm64 ;;
  *) echo "image-files: error: $(uname -m) is not supported; use x86_64 or aarch64" >&2; exit 1 ;;
esac
sysroot='' from=artifacts/$rid to=artifacts/images
while :; do
  case ${1:-} in
    --sysroot) sysroot=$2 ;;
    --from) from=$2 ;;
    --to) to=$2 ;;
    *) break ;;
  esac
  shift 2
done

# The dynamic loader, libc and libm are linked; .NET opens OpenSSL by name when it needs a hash or TLS.
libraries_of() {
  if [ -n "$sysroot" ]; then
    libraries_in_sysroot "$1" libssl.so.3 libcrypto.so.3 | sort -u
    return
  fi
  ldd "$1" | grep -oE '/[^ )]+'
  # The output is read to its end: otherwise ldconfig would fail with a broken pipe, and so would the list.
  ldconfig -p | awk '($1 == "libssl.so.3" || $1 == "libcrypto.so.3") && !seen[$1]++ { print $NF }'
}

# The same without running a loader: the interpreter, and all NEEDED libraries, from the folders that Debian's loader
# searches.
libraries_in_sysroot() {
  local binary=$1 name path
  shift
  path=$(readelf -lW "$binary" | sed -nE 's/.*interpreter: (.*)\]$/\1/p')
  [ -z "$path" ] || echo "$path"
  for name in $(readelf -dW "$binary" | sed -nE 's/.*\(NEEDED\).*\[(.*)\]$/\1/p') "$@"; do
    for path in "$sysroot"/lib/*-linux-gnu/"$name" "$sysroot"/usr/lib/*-linux-gnu/"$name" ''; do
      [ ! -e "$path" ] || break
    done
    # The loader itself is NEEDED too, and found by its interpreter's path.
    case $name in ld-linux*) continue ;; esac
    [ -n "$path" ] || { echo "image-files: error: $name, for $binary, is not in $sysroot" >&2; exit 1; }
    echo "${path#"$sysroot"}"
    libraries_in_sysroot "$path"
  done
}

# The file that a path refers to, in the sysroot if there is one: an absolute link there refers to that Debian, not to
# this machine.
resolved() {
  local path=$sysroot$1 link
  while [ -n "$sysroot" ] && [ -L "$path" ]; do
    link=$(readlink "$path")
    case $link in /*) path=$sysroot$link ;; *) path=${path%/*}/$link ;; esac
  done
  readlink -f "$path"
}

# The certificates as update-ca-certificates concatenates them.
certificates() {
  if [ -n "$sysroot" ]; then
    local file
    for file in "$sysroot"/usr/share/ca-certificates/mozilla/*.crt; do cat "$file"; echo; done
  elif [ -r /etc/ssl/certs/ca-certificates.crt ]; then
    cat /etc/ssl/certs/ca-certificates.crt
  fi
}

lay_out() {
  local name=$1 binary="$from/esb-$1" target="$to/$1" library libraries
  [ -x "$binary" ] || { echo "image-files: error: $binary is not there; run scripts/publish.sh $name" >&2; exit 1; }
  rm -rf "$target"
  mkdir -p "$target"/root/etc/ssl/certs "$target"/root/app/{config,runtime-config}
  mkdir -p "$target"/shared/run/esb "$target"/owned/var/lib/esb
  # The agent creates its socket there, and members of the group may enter the folder.
  chmod 750 "$target/shared/run/esb"
  install -m 755 "$binary" "$target/root/esb-$name"
  libraries=$(libraries_of "$binary")
  case $libraries in
    *libssl.so.3*libcrypto.so.3* | *libcrypto.so.3*libssl.so.3*) ;;
    *) echo "image-files: error: OpenSSL 3 is not on this machine" >&2; exit 1 ;;
  esac
  while read -r library; do
    install -D -m 755 "$(resolved "$library")" "$target/root$library"
  done <<<"$libraries"
  printf 'root:x:0:0::/:/\nnonroot:x:65532:65532::/:/\n' >"$target/root/etc/passwd"
  printf 'root:x:0:\nnonroot:x:65532:\n' >"$target/root/etc/group"
  # For TLS to others: registries, issuers of tokens, collectors of traces.
  certificates >"$target/root/etc/ssl/certs/ca-certificates.crt"
  chmod 644 "$target/root/etc/ssl/certs/ca-certificates.crt"
}

[ $# -gt 0 ] || { echo "usage: scripts/image-files.sh NAME …" >&2; exit 2; }
for name in "$@"; do lay_out "$name"; done

#!/usr/bin/env bash
# Runs the arm64 binaries on a machine of another architecture, each process under qemu-user: version, a dry run, then
# esb up (object store, agent, gateway), deploy, a request to a function, and esb down. Functions and node are those of
# this machine; there is no local database, because its compiled part is for arm64. It runs in its own user namespace,
# in which binfmt_misc is configured, so that the configuration ends with it.
#
#   scripts/e2e/emulated.sh BIN SYSROOT VERSION
set -euo pipefail

bin=$1 sysroot=$2 version=$3
if [ -z "${EMULATED_INSIDE:-}" ]; then
  EMULATED_INSIDE=yes exec unshare --user --map-root-user --mount --net --pid --fork --kill-child -- "$0" "$@"
fi
ip link set lo up
mount -t proc proc /proc
mount -t binfmt_misc none /proc/sys/fs/binfmt_misc
# ELF, 64 bit, little endian, AArch64. F: qemu is opened now, whatever root a process has.
magic='\x7f\x45\x4c\x46\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00'
mask='\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff'
printf '%s' ":esb-aarch64:M::$magic:$mask:/usr/bin/qemu-aarch64-static:F" >/proc/sys/fs/binfmt_misc/register
export QEMU_LD_PREFIX=$sysroot

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
readelf -h "$bin/esb" | grep -q AArch64
[ "$("$bin/esb" version)" = "$version" ]
export ESB_STATE_DIR=$work/state CONFIG_DIR=$work/config HOME=$work AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:1
cd "$work"
"$bin/esb" init hello
cd hello
"$bin/esb" deploy --dry-run
"$bin/esb" up
"$bin/esb" deploy
tr '\0' ' ' <"/proc/$(pgrep -f "$bin/esb-gateway" | head -n 1)/cmdline"
echo
curl -fsS http://127.0.0.1:8080/hello/arm64 | tee "$work/answer"
echo
"$bin/esb" down
grep -q 'Hello, arm64!' "$work/answer"

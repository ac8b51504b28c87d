#!/usr/bin/env bash
# Creates the part of Debian that is needed for the other architecture: headers and libraries to link against, and to
# run under emulation. Nothing of this machine's own packages changes: mmdebstrap unpacks into a folder.
#
#   scripts/release/sysroot.sh arm64 FOLDER
set -euo pipefail

arch=$1 folder=$2
[ -e "$folder/.complete" ] && [ -e "$folder/usr/include/sqlite3.h" ] && exit 0
if ! command -v mmdebstrap >/dev/null; then
  echo "sysroot: error: mmdebstrap is missing; scripts/install-dependencies.sh --release" >&2
  exit 1
fi
rm -rf "$folder"
mkdir -p "$(dirname "$folder")"
packages=libc6-dev,zlib1g-dev,libsqlite3-dev,libssl3,ca-certificates,python3-minimal
mmdebstrap --quiet --arch="$arch" --variant=extract --include=$packages bookworm "$folder"
touch "$folder/.complete"

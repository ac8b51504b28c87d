#!/usr/bin/env bash
# Long attacks on the published binaries, one part each: scripts/attack.sh PART [ARGUMENT…]. A part is a program in scripts/attack/;
# it starts what it needs on free ports and in a folder of its own, prints what it measured, and fails when a promise was broken.
set -euo pipefail
cd "$(dirname "$0")/.."

part=${1:-}
for program in scripts/attack/"$part" scripts/attack/"$part".sh scripts/attack/"$part".py; do
  if [ -n "$part" ] && [ -f "$program" ]; then
    shift
    exec "$program" "$@"
  fi
done
echo "usage: scripts/attack.sh PART [ARGUMENT…]; parts: $(find scripts/attack -type f -perm -u+x -printf '%f\n' | sed 's/\.[a-z]*$//' | sort | paste -sd ' ')" >&2
exit 2

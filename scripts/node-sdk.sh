#!/usr/bin/env bash
# Installs the AWS SDK for JavaScript that Node.js functions in process mode find if they contain none, as on Lambda:
# the clients of the services of ESB, from the lock file in scripts/release/node-sdk, without what only bundlers and
# editors read.
#
#   scripts/node-sdk.sh [FOLDER]
#
# FOLDER: by default artifacts/lib/esb/node-sdk, where the agent of artifacts/linux-<arch> finds it.
set -euo pipefail
cd "$(dirname "$0")/.."

target=${1:-artifacts/lib/esb/node-sdk}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp scripts/release/node-sdk/package*.json "$work/"
(cd "$work" && npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null)
rm -rf "$work/node_modules/.package-lock.json" "$work/node_modules/.bin"
find "$work/node_modules" -type d \( -name dist-types -o -name dist-es \) -prune -exec rm -rf {} +
find "$work/node_modules" -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' \) -delete
find "$work" -mindepth 1 \( -name '.*' -o -name '*~' \) -prune -exec rm -rf {} +
rm -rf "$target"
mkdir -p "$(dirname "$target")"
cp -r "$work" "$target"
chmod -R u=rwX,go=rX "$target"

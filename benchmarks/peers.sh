#!/usr/bin/env bash
# Compares ESB with programs for a similar purpose, in one run on this machine, and prints one table in Markdown; every
# value is written to artifacts/benchmarks/ as JSON. docs/comparison.md describes what is compared, and what cannot be
# measured here. Needs Node.js 20 or later with npm, and Python 3.11.
#
#   benchmarks/peers.sh [--quick]
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-}" in
  "" | --quick) ;;
  *) echo "peers: error: it takes --quick or nothing" >&2; exit 2 ;;
esac
for program in node npm python3.11; do
  command -v "$program" >/dev/null || { echo "peers: error: $program is needed and not on the PATH" >&2; exit 1; }
done

source benchmarks/build.sh
modules=artifacts/benchmarks/peers
if ! cmp -s benchmarks/peers/package-lock.json "$modules/.installed"; then
  rm -rf "$modules"
  mkdir -p "$modules"
  cp benchmarks/peers/package.json benchmarks/peers/package-lock.json benchmarks/peers/.npmrc "$modules/"
  (cd "$modules" && npm ci --loglevel=error >&2)
  cp benchmarks/peers/package-lock.json "$modules/.installed"
fi
exec "$program" peers "artifacts/$rid" artifacts/benchmarks "$modules" "$@"

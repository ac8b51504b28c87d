#!/usr/bin/env bash
# Measures everything beside bare programs in the same run and prints one table; the figures go to artifacts/benchmarks/ as JSON.
# Usage: benchmarks/run.sh [--quick] [GROUP…]     groups: match build merge command generate start warm reload cold deploy
set -euo pipefail
cd "$(dirname "$0")/.."

case "$(uname -m)" in
  x86_64) rid=linux-x64 ;;
  aarch64) rid=linux-arm64 ;;
  *) echo "benchmarks: error: $(uname -m) is not supported; use x86_64 or aarch64" >&2; exit 1 ;;
esac
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

scripts/publish.sh
program=artifacts/benchmarks/bin/esb-benchmarks
if [ ! -x "$program" ] || [ -n "$(find benchmarks src/gateway src/Esb.* Directory.Build.props Directory.Packages.props -newer "$program" -type f -not -path '*/bin/*' -not -path '*/obj/*' -print -quit)" ]; then
  mkdir -p artifacts/log
  dotnet publish benchmarks/Esb.Benchmarks -c Release -r "$rid" -o artifacts/benchmarks/bin >artifacts/log/publish-benchmarks.log 2>&1 || { tail -n 40 artifacts/log/publish-benchmarks.log >&2; exit 1; }
fi
exec "$program" run "artifacts/$rid" artifacts/benchmarks "$@"

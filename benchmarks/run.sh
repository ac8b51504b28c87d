#!/usr/bin/env bash
# Measures everything beside bare programs in the same run and prints one table; the figures go to artifacts/benchmarks/ as JSON.
# Usage: benchmarks/run.sh [--quick] [GROUP…]     groups: match build merge command generate start warm path reload cold deploy stores
set -euo pipefail
cd "$(dirname "$0")/.."

source benchmarks/build.sh
exec "$program" run "artifacts/$rid" artifacts/benchmarks "$@"

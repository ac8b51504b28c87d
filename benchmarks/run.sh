#!/usr/bin/env bash
# Measures ESB and, in the same run, bare programs for comparison, and prints one table; the values are written to
# artifacts/benchmarks/ as JSON.
#
#   benchmarks/run.sh [--quick] [GROUP…]
#
# Groups: match build merge command generate start warm path reload cold deploy stores
set -euo pipefail
cd "$(dirname "$0")/.."

source benchmarks/build.sh
exec "$program" run "artifacts/$rid" artifacts/benchmarks "$@"

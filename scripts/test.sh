#!/usr/bin/env bash
# Installs what is missing, builds and runs all tests that need no container engine. The failed tests are listed before
# the last line, which has the totals: `N passed, N failed, N skipped`.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1

source scripts/failures.sh
fail() { note_failure "$*"; repeat_failures; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

scripts/install-dependencies.sh --tests || fail "dependencies: they could not be installed"
# The end-to-end tests use the published binaries.
scripts/publish.sh || fail "binaries: they could not be published"
log=$(mktemp) reports=$(mktemp -d)
trap 'rm -rf "$log" "$reports"' EXIT
passed=0 failed=0 skipped=0 broken=0
for project in tests/*.Tests; do
  echo "== ${project#tests/}"
  # MSBuild and the tests' own output are shown; the counts are taken from the platform's summary.
  report=$reports/$(basename "$project").trx
  arguments=(--no-ansi --progress off)
  arguments+=(--report-trx --report-trx-filename "$(basename "$report")" --results-directory "$reports")
  dotnet run --project "$project" -c Release -- "${arguments[@]}" 2>&1 | tee "$log" | grep -vE '^\s*$' | tail -n 60
  status=${PIPESTATUS[0]}
  count() { sed -nE "s/^ *$1: ([0-9]+).*/\1/p" "$log" | tail -n 1; }
  total=$(count total) p=$(count succeeded) f=$(count failed) s=$(count skipped)
  if [ -z "$total" ] || [ "$total" = 0 ] || { [ "$status" != 0 ] && [ "${f:-0}" = 0 ]; }; then
    echo "test: error: $project did not run its tests (exit code $status)" >&2
    note_failure "${project#tests/}: it did not run its tests (exit code $status)"
    broken=$((broken + 1))
  fi
  [ "${f:-0}" = 0 ] || note_failed_tests "$report" "${project#tests/}"
  passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0})) skipped=$((skipped + ${s:-0}))
done
repeat_failures
echo "$passed passed, $((failed + broken)) failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$broken" = 0 ] && [ "$passed" -gt 0 ]

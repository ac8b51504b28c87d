# Sourced by scripts that run tests and steps: lists what failed, one on each line, just before the last line, since a
# long log is read from its end. ALL_FAILURES names a file that gets the lines of everything that a run of several
# scripts starts.
# shellcheck shell=bash

failures=$(mktemp)

# One failure: `failed WHERE: WHY`.
note_failure() { printf 'failed %s\n' "$*" >>"$failures"; }

# The tests of a report that the test platform wrote.
note_failed_tests() { scripts/failed-tests.py "$1" "$2" >>"$failures"; }

repeat_failures() {
  cat "$failures"
  [ -z "${ALL_FAILURES:-}" ] || cat "$failures" >>"$ALL_FAILURES"
  rm -f "$failures"
}

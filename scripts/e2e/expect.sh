# Read by the tests of a release: counts in `passed` and `failed`, needs a folder in `work`.
# shellcheck shell=bash disable=SC2154
passed=0 failed=0
source scripts/failures.sh

# One expectation: runs a command, shows what it said when it failed.
expect() {
  local what=$1 log=$work/log
  shift
  if "$@" >"$log" 2>&1; then
    passed=$((passed + 1))
    echo "ok      $what"
  else
    failed=$((failed + 1))
    echo "FAILED  $what"
    note_failure "$(basename "$0" .sh): $what: $(grep -v '^[[:space:]]*$' "$log" | tail -n 1 | cut -c1-200)"
    sed 's/^/        /' "$log" | tail -n 25
  fi
}

#!/usr/bin/env bash
# Runs the end-to-end tests of one container mode with a real engine, Compose and a registry; only images that cannot be
# pulled everywhere are stand-ins (scripts/e2e/stand-ins.sh). Installs and starts what is missing, runs the tests of
# tests/engines, and leaves nothing behind, however it ends. The failed tests are listed before the last line, which has
# the totals: `N passed, N failed`.
#
#   scripts/e2e.sh docker|containerd [TREE-NODE-FILTER]
set -uo pipefail
cd "$(dirname "$0")/.." || exit

mode=${1:-}
filter=${2:-}
case "$mode" in
  docker | containerd) ;;
  *) echo "usage: scripts/e2e.sh docker|containerd [TREE-NODE-FILTER]" >&2; exit 2 ;;
esac
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1

run=esbe2e$$
log=$(mktemp) reports=$(mktemp -d)
engine_was_running=yes
export E2E_MODE=$mode E2E_RUN=$run TAG=$run BINARIES=published
export DATABASE_IMAGE=esb-e2e/dynamodb:1 S3_IMAGE=esb-e2e/s3:1
export VICTORIALOGS_IMAGE=esb-e2e/victorialogs:1 REGISTRY_IMAGE=esb-e2e/registry:1
# Builds of images install packages from this machine's package registries.
export RUNTIME_NODE_BASE=esb-e2e/debian:1 LAMBDA_BASE_REGISTRY=esb-e2e/lambda BUILD_NETWORK=host

source scripts/failures.sh
fail() { echo "e2e: error: $*" >&2; note_failure "$mode mode: $*"; repeat_failures; echo "0 passed, 1 failed"; exit 1; }

source scripts/e2e/clean.sh

finish() {
  clean "$run"
  rm -rf "$log" "$reports"
  [ "$engine_was_running" = yes ] || scripts/e2e/install-engines.sh --stop
}
trap finish EXIT
trap 'fail "stopped by a signal"' INT TERM

echo "== engines"
docker info >/dev/null 2>&1 || engine_was_running=no
scripts/e2e/install-engines.sh || fail "the engines cannot be installed or started"
echo "== binaries"
scripts/publish.sh || fail "the binaries cannot be published"
echo "== images"
scripts/image-files.sh gateway agent provisioner || fail "the files of the images cannot be laid out"
scripts/e2e/stand-ins.sh || fail "the stand-ins cannot be made"
services=(gateway agent provisioner)
if [ "$mode" = containerd ]; then
  docker buildx build --quiet --load --network host --build-arg "BASE_IMAGE=$RUNTIME_NODE_BASE" \
    --file images/runtime-node/Dockerfile --tag "esb-runtime-node:$run" . >/dev/null \
    || fail "runtime-node cannot be built"
  docker run --rm --privileged "$RUNTIME_NODE_BASE" true 2>/dev/null \
    || export E2E_COMPOSE_OVERRIDE=$PWD/scripts/e2e/compose.unprivileged.yml
fi
docker compose -f "docker-compose.$mode.yml" build --quiet "${services[@]}" \
  || fail "the images of the platform cannot be built"

passed=0 failed=0
for project in tests/engines/*.Tests; do
  echo "== ${project#tests/engines/}"
  report=$reports/$(basename "$project").trx
  arguments=(--no-ansi --progress off --maximum-parallel-tests 3)
  arguments+=(--report-trx --report-trx-filename "$(basename "$report")" --results-directory "$reports")
  [ -z "$filter" ] || arguments+=(--treenode-filter "$filter")
  dotnet run --project "$project" -c Release -- "${arguments[@]}" 2>&1 | tee "$log" | grep -vE '^\s*$'
  status=${PIPESTATUS[0]}
  count() { sed -nE "s/^ *$1: ([0-9]+).*/\1/p" "$log" | tail -n 1; }
  total=$(count total) p=$(count succeeded) f=$(count failed)
  if [ -z "$total" ] || [ "$total" = 0 ] || { [ "$status" != 0 ] && [ "${f:-0}" = 0 ]; }; then
    echo "e2e: error: $project did not run its tests (exit code $status)" >&2
    note_failure "${project#tests/engines/}: it did not run its tests (exit code $status)"
    f=$((${f:-0} + 1))
  elif [ "${f:-0}" != 0 ]; then
    note_failed_tests "$report" "${project#tests/engines/}"
  fi
  passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0}))
done
clean "$run"
left=$(left "$run")
if [ -n "$left" ]; then
  echo "e2e: error: left behind: $left" >&2
  note_failure "$mode mode: left behind: $left"
  failed=$((failed + 1))
fi
repeat_failures
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]

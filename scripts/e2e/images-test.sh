#!/usr/bin/env bash
# Tests a release on a machine with the Docker Engine and without sources: the archive of images is loaded, the platform
# starts from the files of the release archive, and a function answers. Run as root, after scripts/release.sh VERSION;
# stores are stand-ins (scripts/e2e/stand-ins.sh). Leaves nothing behind, however it ends. The last line has the totals:
# `N passed, N failed`.
#
#   scripts/e2e/images-test.sh VERSION
set -uo pipefail
cd "$(dirname "$0")/../.." || exit

version=${1:?usage: scripts/e2e/images-test.sh VERSION}
rid=linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
root=$PWD release=$PWD/artifacts/release/$version
work=$(mktemp -d)
engine_was_running=yes
export COMPOSE_PROJECT_NAME=esbload$$ ESB_STATE_DIR=$work/state ESB_MODE=docker PATH=$work/esb-$version-$rid/bin:$PATH
export DATABASE_IMAGE=esb-e2e/dynamodb:1 S3_IMAGE=esb-e2e/s3:1 VICTORIALOGS_IMAGE=esb-e2e/victorialogs:1
export LAMBDA_BASE_REGISTRY=esb-e2e/lambda BUILD_NETWORK=host
GATEWAY_PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export GATEWAY_PORT

source scripts/e2e/clean.sh
fail() {
  echo "images-test: error: $*" >&2
  note_failure "images-test: $*"
  repeat_failures
  echo "0 passed, 1 failed"
  exit 1
}
finish() {
  cd "$root" || exit
  clean "$COMPOSE_PROJECT_NAME"
  docker image ls --format '{{.Repository}}:{{.Tag}}' | grep -E "^esb-(gateway|agent|provisioner):$version$" \
    | xargs -r docker image rm --force >/dev/null
  rm -rf "$work"
  [ "$engine_was_running" = yes ] || scripts/e2e/install-engines.sh --stop
}
trap finish EXIT
trap 'fail "stopped by a signal"' INT TERM
[ -f "$release/SHA256SUMS" ] || fail "$release is not there; run scripts/release.sh $version"

source scripts/e2e/expect.sh

compose() { docker compose -f docker-compose.docker.yml --env-file .env "$@"; }
loaded() {
  docker load -i "$release/esb-images-$version-$rid.tar.gz" &&
    for part in gateway agent provisioner; do
      docker image inspect --format '{{.Id}}' "esb-$part:$version" || return 1
    done
}
platform_files() {
  tar -xzf "$release/esb-$version-$rid.tar.gz" -C "$work" &&
    cp -r "$work/esb-$version-$rid/share/esb" "$work/platform" && cd "$work/platform" &&
    cp .env.example .env && grep "^TAG=$version$" .env
}
started() {
  compose up -d --pull never database s3-storage victorialogs gateway agent || return 1
  for _ in $(seq 300); do curl -fsS -m 2 "http://127.0.0.1:$GATEWAY_PORT/health" && return; sleep 0.2; done
  compose logs
  return 1
}
deployed() {
  esb init hello && sed -i 's/python3\.[0-9]*/python3.11/' hello/template.yaml &&
    esb deploy -t hello/template.yaml --env "$COMPOSE_PROJECT_NAME"
}
answers() { curl -fsS -m 60 "http://127.0.0.1:$GATEWAY_PORT/hello/you" | tee /dev/stderr | grep -q you; }
bundle_for_support() {
  esb support-bundle -o "$work/support.tar.gz" && tar -tzf "$work/support.tar.gz" &&
    ! tar -xzOf "$work/support.tar.gz" | grep -a esb-on-this-machine
}
known_secret() {
  ! GATEWAY_ADDRESS=0.0.0.0 compose run --rm --no-deps gateway >"$work/refused" 2>&1 &&
    cat "$work/refused" && grep "AWS_SECRET_ACCESS_KEY is" "$work/refused"
}

docker info >/dev/null 2>&1 || engine_was_running=no
scripts/e2e/install-engines.sh || fail "the engine cannot be installed or started"
scripts/e2e/stand-ins.sh || fail "the stand-ins cannot be made"
expect "docker load: the images of the release" loaded
expect "the files of the archive name them" platform_files
expect "the platform starts" started
expect "init and deploy" deployed
expect "a request" answers
expect "doctor" esb doctor
expect "support-bundle, without the secret" bundle_for_support
expect "the default secret, with the port open to others: the gateway does not start and says why" known_secret
repeat_failures
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]

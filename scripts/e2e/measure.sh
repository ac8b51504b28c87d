#!/usr/bin/env bash
# Measures one container mode for docs/containers.md: sizes of images, start to healthy, idle memory, cold starts.
# Starts its own platform from the stand-ins and binaries of scripts/e2e.sh, and removes it again. Nothing here passes
# or fails.
#
#   scripts/e2e/measure.sh docker|containerd
set -euo pipefail
cd "$(dirname "$0")/../.."

mode=$1
run=esbmeasure$$ port=${MEASURE_PORT:-18990}
work=$(mktemp -d)
arch=$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
export COMPOSE_PROJECT_NAME=$run TAG=$run BINARIES=published CONFIG_DIR=$work/config ESB_STATE_DIR=$work/state
export GATEWAY_PORT=$port CONTAINER_REGISTRY=127.0.0.1:$((port + 1))
export DATABASE_IMAGE=esb-e2e/dynamodb:1 S3_IMAGE=esb-e2e/s3:1 VICTORIALOGS_IMAGE=esb-e2e/victorialogs:1
export REGISTRY_IMAGE=esb-e2e/registry:1 RUNTIME_NODE_BASE=esb-e2e/debian:1
export LAMBDA_BASE_REGISTRY=esb-e2e/lambda BUILD_NETWORK=host
export COMPOSE_FILE=docker-compose.$mode.yml PATH=$PWD/artifacts/linux-$arch:$PATH
docker run --rm --privileged esb-e2e/debian:1 true 2>/dev/null || [ "$mode" = docker ] \
  || COMPOSE_FILE=$COMPOSE_FILE:scripts/e2e/compose.unprivileged.yml
mkdir -p "$work/config" "$work/f"
finish() {
  docker compose --profile '*' down --volumes --timeout 10 >/dev/null 2>&1
  docker image ls --format '{{.Repository}}:{{.Tag}}' | grep -E ":$run|:measure-" \
    | xargs -r docker image rm --force >/dev/null
  rm -rf "$work"
}
trap finish EXIT

now() { date +%s%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.2f s", (b - a) / 1e9 }'; }
show() { printf '%-28s %s\n' "$1" "$2"; }
memory() {
  local pid
  pid=$(docker inspect --format '{{.State.Pid}}' "$(docker compose ps -q "$1")")
  awk '/VmRSS/ { printf "%.1f MiB", $2 / 1024 }' "/proc/$pid/status"
}
size() { docker image inspect --format '{{.Size}}' "$1" | awk '{ printf "%.1f MB", $1 / 1e6 }'; }

services=(gateway agent provisioner)
scripts/image-files.sh "${services[@]}"
[ "$mode" = docker ] || services+=(runtime-node)
docker compose build --quiet "${services[@]}"
for service in "${services[@]}"; do show "image $service" "$(size "esb-$service:$run")"; done
[ "$mode" = docker ] || docker compose --profile registry up -d registry >/dev/null 2>&1
others=(database s3-storage victorialogs)
[ "$mode" = docker ] || others+=(runtime-node)
docker compose up -d "${others[@]}" >/dev/null 2>&1
sleep 5
docker compose create gateway agent >/dev/null 2>&1
started=$(now)
docker start "$(docker compose ps --all -q gateway)" "$(docker compose ps --all -q agent)" >/dev/null
until curl -fs -o /dev/null "http://127.0.0.1:$port/health"; do :; done
show "gateway start to first 200" "$(since "$started")"

cat >"$work/f/app.py" <<'PY'
import os, time
def handler(event, context):
    time.sleep(float((event.get("queryStringParameters") or {}).get("sleep", 0)))
    return {"statusCode": 200, "body": os.uname().nodename}
PY
template() { cat >"$work/t.yaml" <<YAML
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: cold
      CodeUri: f/
      Handler: app.handler
      Runtime: python3.11
      ReservedConcurrentExecutions: 8
      Timeout: 60
      Environment: { Variables: { N: "$1" } }
      Events: { C: { Type: Api, Properties: { Path: /cold, Method: GET } } }
YAML
}
deploy() { esb deploy -t "$work/t.yaml" --env measure --mode "$mode" >/dev/null; }
template 0
started=$(now)
deploy
show "first deploy, image built" "$(since "$started")"
curl -fs -o /dev/null "http://127.0.0.1:$port/cold"
for i in 1 2 3; do
  template "$i"
  deploy
  started=$(now)
  curl -fs -o /dev/null "http://127.0.0.1:$port/cold"
  show "one cold start" "$(since "$started")"
done
for i in 4 5 6; do
  template "$i"
  deploy
  started=$(now)
  for _ in 1 2 3 4 5 6 7 8; do curl -fs -o /dev/null "http://127.0.0.1:$port/cold?sleep=1" & done
  wait
  show "eight cold starts, each +1 s" "$(since "$started")"
done
started=$(now)
deploy
show "deploy, nothing changed" "$(since "$started")"
sleep 3
for service in gateway agent; do show "memory $service" "$(memory "$service")"; done

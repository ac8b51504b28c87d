#!/usr/bin/env bash
# From a fresh clone to functions that answer: installs what is missing, publishes, starts the platform (process mode,
# no container engine), deploys the two examples and calls every route. It can be run repeatedly. `--down` stops
# everything at the end.
set -euo pipefail
cd "$(dirname "$0")/.."

down=no
case "${1:-}" in
  "") ;;
  --down) down=yes ;;
  *) echo "usage: scripts/quickstart.sh [--down]" >&2; exit 2 ;;
esac

plain() { if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then cat; else sed 's/\x1b\[[0-9]*m//g'; fi; }
say() { printf '\n\033[1m%s\033[0m\n' "$*" | plain; }
run() { echo "\$ $*"; "$@"; }

scripts/install-dependencies.sh
scripts/publish.sh
PATH=$PWD/artifacts/linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/'):$PATH

# The example's Python function uses boto3, which AWS's runtime contains. If the first python3 lacks it, the system's
# one is preferred.
if ! python3 -c 'import boto3' 2>/dev/null && /usr/bin/python3 -c 'import boto3' 2>/dev/null; then
  PATH=/usr/bin:$PATH
  PATH=$PWD/artifacts/linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/'):$PATH
fi
export PATH

say "Start the platform"
run esb up

say "Deploy A, then B into it"
run esb deploy -t examples/orders/template.yaml --env prod
run esb deploy -t examples/receipts/template.yaml --env prod

say "Call every route"
url=http://127.0.0.1:${GATEWAY_PORT:-8080}
call() {
  local want=$1 method=$2 path=$3
  shift 3
  local body status
  body=$(mktemp)
  status=$(curl -sS -o "$body" -w '%{http_code}' -X "$method" "$@" "$url$path") || status=000
  printf '%-6s %-28s %s  %s\n' "$method" "$path" "$status" "$(head -c 160 "$body")"
  rm -f "$body"
  if [ "$status" != "$want" ]; then
    echo "quickstart: error: $method $path answered $status, not $want; see: esb logs" >&2
    exit 1
  fi
}
. scripts/quickstart-calls.sh

if [ "$down" = yes ]; then
  say "Stop everything"
  run esb down
else
  say "Running. Next"
  echo "  esb status            what runs"
  echo "  esb logs -f           what the functions say"
  echo "  esb deploy -t examples/orders/template.yaml --env prod    after an edit"
  echo "  esb down              stop everything"
fi

#!/usr/bin/env bash
# Runs the attacks of the tests in full, and prints their results. scripts/test.sh runs fewer rounds of the same tests.
#   scripts/attack.sh deploys       [ROUNDS]     concurrent deploys, each a process (100)
#   scripts/attack.sh kills         [ROUNDS]     kills of a deploy at random moments (1,000)
#   scripts/attack.sh removals      [ROUNDS]     concurrent removals and prunes, each a process (100)
#   scripts/attack.sh removal-kills [ROUNDS]     kills of a removal or prune at random moments (1,000)
#   scripts/attack.sh swaps         [ROUNDS]     new revisions and routes under the load of eight clients (1,000)
#   scripts/attack.sh mixed         [MINUTES]    new versions and killed processes under the load of eight clients (60)
#   scripts/attack.sh async         [ARGUMENT…]  accepted asynchronous invocations while the gateway is killed
#   scripts/attack.sh all
# Each may be given a number, and has a default.
# shellcheck disable=SC2119,SC2120
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1

# One test of the end-to-end tests, with its rounds.
attack() {
  local rounds=$1 class=$2 test=$3 report log
  report=$(mktemp) log=$(mktemp)
  if ATTACK_ROUNDS=$rounds ATTACK_MINUTES=$rounds ATTACK_REPORT=$report \
    dotnet run --project tests/Esb.EndToEnd.Tests -c Release -- \
    --no-ansi --progress off --treenode-filter "/*/*/$class/$test" >"$log" 2>&1 && [ -s "$report" ]; then
    cat "$report"
  else
    tail -n 60 "$log" >&2
    echo "attack: error: $test failed" >&2
    return 1
  fi
  rm -f "$report" "$log"
}

deploys() { attack "${1:-100}" CrowdTests 'Deploys_of_many_processes_at_once*'; }
kills() { attack "${1:-1000}" CrowdTests 'Deploys_killed_at_random_moments*'; }
removals() { attack "${1:-100}" CrowdTests 'Removals_and_prunes_of_many_processes_at_once*'; }
removal-kills() { attack "${1:-1000}" CrowdTests 'Removals_and_prunes_killed_at_random_moments*'; }
swaps() { attack "${1:-1000}" SwapUnderLoadTests 'Swaps_under_load*'; }
mixed() { attack "${1:-60}" MixedLoadTests '*'; }

async() { scripts/attack/async.py "$@"; }

case "${1:-}" in
  async) scripts/publish.sh; "$@" ;;
  swaps | mixed) scripts/publish.sh; "$@" ;;
  deploys | kills | removals | removal-kills) scripts/publish.sh esb; "$@" ;;
  all) scripts/publish.sh; deploys; kills; removals; removal-kills; swaps; async; mixed ;;
  *) sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac

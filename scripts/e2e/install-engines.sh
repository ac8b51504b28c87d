#!/usr/bin/env bash
# Installs and starts what the end-to-end tests of the container modes need on a Debian 12 machine: Docker Engine,
# containerd, runc, CNI plugins, a registry, Compose v2 and Buildx. Run as root; anything that is installed or running
# already is left unchanged.
#
#   install-engines.sh            install, start dockerd and a registry, wait until both answer
#   install-engines.sh --install  install only
#   install-engines.sh --stop     stop the dockerd and the registry that this script started
#
# REGISTRY_ADDRESS (127.0.0.1:5010): where the registry listens.
# ENGINE_STATE (/tmp/esb-engines): logs, process ids, the registry's data.
set -euo pipefail

registry_address=${REGISTRY_ADDRESS:-127.0.0.1:5010}
state=${ENGINE_STATE:-/tmp/esb-engines}
packages=(docker.io containerd runc iptables containernetworking-plugins docker-registry mmdebstrap dnsmasq-base)
export DEBIAN_FRONTEND=noninteractive

fail() { echo "install-engines: error: $*" >&2; exit 1; }
installed() { [ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$1" 2>/dev/null)" = "ii " ]; }

# apt may be taken by another process of the machine (or of another test run): wait for its lock instead of failing.
apt() { apt-get -o DPkg::Lock::Timeout=300 "$@"; }

install_packages() {
  local missing=() package
  for package in "${packages[@]}"; do installed "$package" || missing+=("$package"); done
  [ "${#missing[@]}" = 0 ] && return
  apt update -qq
  apt install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Only Debian 13 has Compose v2 and Buildx. They need no newer libc than Debian 12's, so that its packages can be
# installed here. Debian 13 comes from the machine's own sources with the name of the suite replaced.
install_compose() {
  docker compose version >/dev/null 2>&1 && docker buildx version >/dev/null 2>&1 && return
  # shellcheck source=/dev/null
  local suite; suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
  [ "$suite" = bookworm ] || fail "Compose v2 and Buildx are missing;" \
    "this script knows how to add them on Debian 12 (bookworm), this is '$suite'."
  local work; work=$(mktemp -d)
  mkdir -p "$work/lists/partial" "$work/archives/partial"
  local source
  for source in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do [ -s "$source" ] && break; done
  local copy="$work/trixie.${source##*.}"
  sed 's/bookworm/trixie/g' "$source" >"$copy"
  local options=(-o Dir::Etc::sourcelist="$copy" -o Dir::Etc::sourceparts=-)
  options+=(-o Dir::State::lists="$work/lists" -o APT::Sandbox::User=root)
  apt "${options[@]}" update -qq
  (cd "$work/archives" && apt "${options[@]}" download -qq docker-compose docker-buildx)
  # Debian 12's package of the same name is Compose v1, in Python.
  ! installed docker-compose || dpkg --remove docker-compose >/dev/null
  dpkg -i "$work"/archives/*.deb >/dev/null
  rm -rf "$work"
}

wait_for() {
  local what=$1 log=$2; shift 2
  for _ in $(seq 300); do "$@" >/dev/null 2>&1 && return; sleep 0.2; done
  tail -n 20 "$log" >&2
  fail "$what did not answer within 60 seconds; its log is $log"
}

start_docker() {
  docker info >/dev/null 2>&1 && return
  # The registry listens on loopback without TLS; the engine takes loopback registries as they are.
  setsid dockerd >"$state/dockerd.log" 2>&1 </dev/null &
  echo $! >"$state/dockerd.pid"
  wait_for dockerd "$state/dockerd.log" docker info
}

registry_answers() { curl -fsS -m 2 "http://$registry_address/v2/"; }

start_registry() {
  registry_answers >/dev/null 2>&1 && return
  mkdir -p "$state/registry"
  cat >"$state/registry.yml" <<REGISTRY
version: 0.1
storage:
  filesystem:
    rootdirectory: $state/registry
  delete:
    enabled: true
http:
  addr: $registry_address
REGISTRY
  setsid docker-registry serve "$state/registry.yml" >"$state/registry.log" 2>&1 </dev/null &
  echo $! >"$state/registry.pid"
  wait_for "the registry" "$state/registry.log" registry_answers
}

stop() {
  local name pid
  for name in registry dockerd; do
    [ -f "$state/$name.pid" ] || continue
    pid=$(cat "$state/$name.pid")
    kill "$pid" 2>/dev/null || true
    # dockerd gives its containers 15 seconds, and the next one does not start as long as this one is there.
    for _ in $(seq 600); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    ! kill -0 "$pid" 2>/dev/null \
      || fail "$name (process $pid) has not stopped within 60 seconds; its log is $state/$name.log"
    rm -f "$state/$name.pid"
  done
}

[ "$(id -u)" = 0 ] || fail "must run as root: it installs packages and starts the Docker Engine."
mkdir -p "$state"
case "${1:-}" in
  --stop) stop ;;
  --install) install_packages; install_compose ;;
  "") install_packages; install_compose; start_docker; start_registry
      echo "docker $(docker version -f '{{.Server.Version}}'), compose $(docker compose version --short)," \
        "registry at $registry_address" ;;
  *) echo "usage: install-engines.sh [--install|--stop]" >&2; exit 2 ;;
esac

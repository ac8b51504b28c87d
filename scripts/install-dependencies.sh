#!/usr/bin/env bash
# Installs what this machine lacks for building and running ESB: as root with apt, otherwise it prints exactly what to
# do.
#
#   scripts/install-dependencies.sh [--tests|--release]
#
# --tests: also what only the tests need. --release: also what only scripts/release.sh and its test need.
set -euo pipefail

missing=()
need() { command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }
need gcc gcc
need curl curl
need node nodejs
need npm npm
need flock util-linux
[ -e /usr/include/zlib.h ] || missing+=(zlib1g-dev)
# Linked into esb-stores.
[ -e /usr/include/sqlite3.h ] || missing+=(libsqlite3-dev)
command -v python3 >/dev/null 2>&1 || missing+=(python3)
# AWS's Python runtimes contain boto3; in process mode, a function finds the one of the machine's interpreter.
/usr/bin/python3 -c 'import boto3' 2>/dev/null || missing+=(python3-boto3)
if [ "${1:-}" = --tests ]; then
  # Clients that the tests run.
  [ -x /usr/bin/chromium ] || [ -x /usr/bin/chromium-headless-shell ] || missing+=(chromium)
  [ -x /usr/bin/aws ] || missing+=(awscli)
  # Stores: DynamoDB Local is a jar, and moto is installed in its own folder.
  need java default-jre-headless
  # Java functions are built from what the distribution has: the plugins of mvn package, and what those need.
  need javac default-jdk-headless
  need mvn maven
  need gradle gradle
  plugins=/usr/share/maven-repo/org/apache/maven/plugins
  for plugin in compiler resources jar dependency; do
    [ -d "$plugins/maven-$plugin-plugin" ] || missing+=("libmaven-$plugin-plugin-java")
  done
  [ -d "$plugins/maven-surefire-plugin" ] || missing+=(libsurefire-java)
  [ -d /usr/share/maven-repo/org/junit/junit-bom ] || missing+=(junit5)
  need mmdebstrap mmdebstrap
  # Machines without a network.
  need ip iproute2
  # Frameworks of applications that run behind an adapter.
  /usr/bin/python3 -c 'import flask' 2>/dev/null || missing+=(python3-flask)
  /usr/bin/python3 -c 'import starlette' 2>/dev/null || missing+=(python3-starlette)
  # AWS's runtime interface client for Node.js is compiled where it is installed.
  need g++ g++
  need make make
  need cmake cmake
  need autoreconf autoconf
  need automake automake
  need libtoolize libtool
fi
if [ "${1:-}" = --release ]; then
  need mmdebstrap mmdebstrap
  need dpkg-deb dpkg
  need readelf binutils
  # For linux-arm64, and to run it here.
  if [ "$(uname -m)" = x86_64 ]; then
    need aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu
    need qemu-aarch64-static qemu-user-static
  fi
  # What the scripts and packages are held to.
  need shellcheck shellcheck
  need mandoc mandoc
  need lintian lintian
  need systemd-nspawn systemd-container
  need ip iproute2
  need pgrep procps
fi

if ! command -v dotnet >/dev/null 2>&1 || [ "$(dotnet --version 2>/dev/null | cut -d. -f1)" -lt 10 ]; then
  echo "error: the .NET SDK 10 is needed and not here;" \
    "install it as https://learn.microsoft.com/dotnet/core/install/linux says" >&2
  exit 1
fi
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" != 0 ]; then
  echo "error: ${missing[*]} missing; run: sudo apt-get install ${missing[*]}" >&2
  exit 1
fi
echo "Installing ${missing[*]} …"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null

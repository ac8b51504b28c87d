#!/usr/bin/env bash
# Publishes the binaries as trimmed Native AOT to artifacts/linux-<arch>/: all of them, or the named ones
# (esb gateway agent …). A binary whose sources have not changed since the last time is left unchanged.
#
#   scripts/publish.sh [--rid linux-x64|linux-arm64] [--version VERSION] [--to FOLDER] [NAME …]
#
# --rid: for another architecture than this machine's; needs scripts/release/sysroot.sh and Debian's
# gcc-aarch64-linux-gnu.
# --version: the exact version that the binaries report, instead of that of the tree and the commit. Such a build is
# reproducible.
set -euo pipefail
cd "$(dirname "$0")/.."

case "$(uname -m)" in
  x86_64) own=linux-x64 ;;
  aarch64) own=linux-arm64 ;;
  *) echo "publish: error: $(uname -m) is not supported; use x86_64 or aarch64" >&2; exit 1 ;;
esac
rid=$own version='' out='' projects=() properties=()
while [ $# -gt 0 ]; do
  case $1 in
    --rid) rid=${2:?} ; shift ;;
    --version) version=${2:?} ; shift ;;
    --to) out=${2:?} ; shift ;;
    -*) echo "usage: scripts/publish.sh [--rid RID] [--version VERSION] [--to FOLDER] [NAME …]" >&2; exit 2 ;;
    *) projects+=("$1") ;;
  esac
  shift
done
out=${out:-artifacts/$rid}
mkdir -p "$out" artifacts/log
[ ${#projects[@]} -gt 0 ] || projects=(esb gateway agent provisioner stores)
if [ -n "$version" ]; then
  properties+=("-p:Version=$version" -p:IncludeSourceRevisionInInformationalVersion=false)
  properties+=(-p:ContinuousIntegrationBuild=true -p:Reproducible=true)
fi
if [ "$rid" != "$own" ]; then
  if [ "$own $rid" != "linux-x64 linux-arm64" ]; then
    echo "publish: error: $rid cannot be made on $own; on linux-x64, linux-arm64 can" >&2
    exit 1
  fi
  sysroot=$PWD/artifacts/sysroot/arm64
  scripts/release/sysroot.sh arm64 "$sysroot"
  properties+=("-p:SysRoot=$sysroot" "-p:CppCompilerAndLinker=$PWD/scripts/release/link-arm64.sh")
  properties+=(-p:ObjCopyName=aarch64-linux-gnu-objcopy -p:LinkerFlavor=bfd)
fi

# `esb` has the name of its project; the others have a prefix.
binary_of() { if [ "$1" = esb ]; then echo esb; else echo "esb-$1"; fi; }

# The sources of a binary: its project, the libraries, and what all share.
fresh() {
  local stamp=$out/.published-$1
  [ -e "$stamp" ] && [ -x "$out/$(binary_of "$1")" ] || return 1
  [ -z "$(find "src/$1" src/Esb.* src/Directory.Build.* Directory.Build.* Directory.Packages.props global.json \
    -newer "$stamp" -type f -not -path '*/bin/*' -not -path '*/obj/*' -print -quit)" ]
}

stale=()
for project in "${projects[@]}"; do
  [ -f "src/$project/$project.csproj" ] || { echo "publish: error: there is no src/$project" >&2; exit 2; }
  fresh "$project" || stale+=("$project")
done
if [ ${#stale[@]} = 0 ]; then
  echo "publish: $out is up to date"
  exit 0
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# One restore after the other, before the publishes.
for project in "${stale[@]}"; do dotnet restore "src/$project" -r "$rid" -v quiet; done
for project in "${stale[@]}"; do
  binary=$(binary_of "$project") started=$SECONDS log=artifacts/log/publish-$rid-$project.log
  now=$(mktemp)
  if ! dotnet publish "src/$project" -c Release -r "$rid" --no-restore "${properties[@]}" \
    -o "artifacts/publish/$rid/$project" >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    echo "publish: error: $binary failed, see $log" >&2
    exit 1
  fi
  if grep -E 'warning (IL|TRIM|AOT)' "$log" >&2; then
    echo "publish: error: $binary has trim or AOT warnings" >&2
    exit 1
  fi
  # A running binary cannot be written over, but it can be replaced.
  cp "artifacts/publish/$rid/$project/$binary" "$out/.$binary.new"
  mv "$out/.$binary.new" "$out/$binary"
  mv "$now" "$out/.published-$project"
  megabytes=$(stat -c %s "$out/$binary" | awk '{print $1 / 1e6}')
  printf 'publish: %-16s %5.1f MB  %3d s\n' "$binary" "$megabytes" $((SECONDS - started))
done

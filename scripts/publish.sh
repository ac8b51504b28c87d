#!/usr/bin/env bash
# Publishes the binaries as trimmed Native AOT to artifacts/linux-<arch>/. With nothing changed since the last time it does nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

case "$(uname -m)" in
  x86_64) rid=linux-x64 ;;
  aarch64) rid=linux-arm64 ;;
  *) echo "publish: error: $(uname -m) is not supported; use x86_64 or aarch64" >&2; exit 1 ;;
esac
out=artifacts/$rid
stamp=$out/.published
binaries=(esb:esb gateway:esb-gateway agent:esb-agent provisioner:esb-provisioner objectstore:esb-objectstore)

fresh() {
  [ -e "$stamp" ] || return 1
  for pair in "${binaries[@]}"; do [ -x "$out/${pair#*:}" ] || return 1; done
  [ -z "$(find src Directory.Build.props Directory.Packages.props global.json -newer "$stamp" -type f \
    -not -path '*/bin/*' -not -path '*/obj/*' -print -quit)" ]
}

if fresh; then
  echo "publish: $out is up to date"
  exit 0
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
mkdir -p "$out" artifacts/log
now=$(mktemp)
# One restore for all, so that the publishes below do not race for the same files.
for pair in "${binaries[@]}"; do dotnet restore "src/${pair%%:*}" -r "$rid" -v quiet; done
for pair in "${binaries[@]}"; do
  project=${pair%%:*} binary=${pair#*:} started=$SECONDS
  log=artifacts/log/publish-$project.log
  if ! dotnet publish "src/$project" -c Release -r "$rid" --no-restore -o "artifacts/publish/$project" >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    echo "publish: error: $binary failed, see $log" >&2
    exit 1
  fi
  if grep -E 'warning (IL|TRIM|AOT)' "$log" >&2; then
    echo "publish: error: $binary has trim or AOT warnings" >&2
    exit 1
  fi
  # A running binary cannot be written over, but it can be replaced.
  cp "artifacts/publish/$project/$binary" "$out/.$binary.new"
  mv "$out/.$binary.new" "$out/$binary"
  printf 'publish: %-16s %5.1f MB  %3d s\n' "$binary" "$(stat -c %s "$out/$binary" | awk '{print $1 / 1e6}')" $((SECONDS - started))
done
mv "$now" "$stamp"

# Sourced by the scripts next to it: publishes the measured binaries and the benchmark program, and sets `rid` and
# `program`.
# shellcheck shell=bash
case "$(uname -m)" in
  x86_64) rid=linux-x64 ;;
  aarch64) rid=linux-arm64 ;;
  *) echo "benchmarks: error: $(uname -m) is not supported; use x86_64 or aarch64" >&2; exit 1 ;;
esac
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

scripts/publish.sh >&2
scripts/publish.sh stores >&2
program=artifacts/benchmarks/bin/esb-benchmarks
sources=(benchmarks/Esb.Benchmarks src/gateway src/Esb.* Directory.Build.props Directory.Packages.props)
changed() {
  find "${sources[@]}" -newer "$program" -type f -not -path '*/bin/*' -not -path '*/obj/*' -print -quit
}
if [ ! -x "$program" ] || [ -n "$(changed)" ]; then
  mkdir -p artifacts/log
  publish_log=artifacts/log/publish-benchmarks.log
  if ! dotnet publish benchmarks/Esb.Benchmarks -c Release -r "$rid" -o artifacts/benchmarks/bin \
    >$publish_log 2>&1; then
    tail -n 40 $publish_log >&2
    exit 1
  fi
fi

# Read by the scripts beside it: publishes what is measured and the program that measures, and leaves `rid` and `program` set.
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
if [ ! -x "$program" ] || [ -n "$(find benchmarks/Esb.Benchmarks src/gateway src/Esb.* Directory.Build.props Directory.Packages.props -newer "$program" -type f -not -path '*/bin/*' -not -path '*/obj/*' -print -quit)" ]; then
  mkdir -p artifacts/log
  dotnet publish benchmarks/Esb.Benchmarks -c Release -r "$rid" -o artifacts/benchmarks/bin >artifacts/log/publish-benchmarks.log 2>&1 || { tail -n 40 artifacts/log/publish-benchmarks.log >&2; exit 1; }
fi

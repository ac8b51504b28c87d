#!/usr/bin/env bash
# Makes a release in artifacts/release/VERSION/: archives, container images, Debian packages, install.sh and their
# SHA256SUMS, for both architectures or the named ones. The same binaries result in the same bytes; docs/installing.md
# says what that depends on.
#
#   scripts/release.sh VERSION [linux-x64] [linux-arm64]
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { echo "release: error: $*" >&2; exit 1; }
version=${1:-}
if ! [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]]; then
  echo "usage: scripts/release.sh VERSION [linux-x64] [linux-arm64], VERSION as in 1.2.3 or 1.2.3-rc.1" >&2
  exit 2
fi
shift
rids=("$@")
[ $# -gt 0 ] || rids=(linux-x64 linux-arm64)
for rid in "${rids[@]}"; do
  [[ $rid = linux-x64 || $rid = linux-arm64 ]] || fail "there is no $rid; there are linux-x64 and linux-arm64"
done
for tool in mmdebstrap dpkg-deb npm node python3 readelf; do
  command -v "$tool" >/dev/null || fail "$tool is missing; run scripts/install-dependencies.sh --release"
done

umask 022
if git rev-parse HEAD >/dev/null 2>&1; then
  [ -z "$(git status --porcelain --untracked-files=no)" ] \
    || fail "the tree has changes that no commit has; a release is made of a commit"
  SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
  revision=$(git rev-parse HEAD)
else
  # An archive of the sources.
  [ -n "${SOURCE_DATE_EPOCH:-}" ] \
    || fail "this is not a checkout; set SOURCE_DATE_EPOCH to the seconds since 1970 for the dates of files"
  revision=unknown
fi
export SOURCE_DATE_EPOCH LC_ALL=C TZ=UTC
work=$PWD/artifacts/release/.work-$version
out=$PWD/artifacts/release/$version
rm -rf "$out" "$work"
mkdir -p "$out" "$work"

debian_name() { case $1 in linux-x64) echo amd64 ;; linux-arm64) echo arm64 ;; esac; }

# Sorted, owned by root, with the date of the commit.
pack() {
  tar --directory="$1" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" --format=gnu \
    --create "$2" | gzip -n -9
}

# The compose files, with what they need to run from loaded images instead of sources.
make_platform_files() {
  local target=$1 name
  local comment='# The image of this release, from docker load: esb build adds the configuration.'
  cp docker-compose.docker.yml docker-compose.containerd.yml "$target/"
  sed "s/^#TAG=latest$/TAG=$version/" .env.example >"$target/.env.example"
  grep -q "^TAG=$version$" "$target/.env.example" || fail ".env.example has no line #TAG=latest"
  cp -r schemas "$target/schemas"
  mkdir -p "$target/images"
  cp -r images/runtime-node images/lambda-base "$target/images/"
  for name in gateway agent provisioner; do
    mkdir -p "$target/images/$name"
    printf '%s\nFROM esb-%s:%s\n' "$comment" "$name" "$version" >"$target/images/$name/Dockerfile"
  done
}

# Pages that the program generates, by the binary of this machine, for whichever architecture the release is.
make_pages() {
  local esb=$1 target=$2
  "$esb" packaging "$target/from-esb" >/dev/null
  mkdir -p "$target"/{man/man1,bash-completion/completions,zsh/site-functions,fish/vendor_completions.d}
  mv "$target"/from-esb/man1/* "$target/man/man1/"
  mv "$target/from-esb/systemd" "$target/esb/systemd"
  rmdir "$target/from-esb/man1" "$target/from-esb"
  "$esb" completion bash >"$target/bash-completion/completions/esb"
  {
    echo '#compdef esb'
    "$esb" completion zsh | sed 's/^compdef _esb esb$/_esb "$@"/'
  } >"$target/zsh/site-functions/_esb"
  "$esb" completion fish >"$target/fish/vendor_completions.d/esb.fish"
}

own=linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
scripts/publish.sh --rid "$own" --version "$version" --to "$work/bin-$own"
reported=$("$work/bin-$own/esb" version || true)
[ "$reported" = "$version" ] || fail "esb calls itself $reported, not $version"

for rid in "${rids[@]}"; do
  name=esb-$version-$rid root=$work/$rid/esb-$version-$rid sysroot=$PWD/artifacts/sysroot/$(debian_name "$rid")
  scripts/release/sysroot.sh "$(debian_name "$rid")" "$sysroot"
  [ "$rid" = "$own" ] || scripts/publish.sh --rid "$rid" --version "$version" --to "$work/bin-$rid"
  # The restore of this architecture is what the bill of materials is read from.
  for project in esb gateway agent provisioner stores; do dotnet restore "src/$project" -r "$rid" -v quiet; done

  mkdir -p "$root/bin" "$root/lib/esb" "$root/share/esb" "$root/share/doc/esb"
  install -m 755 "$work/bin-$rid"/esb "$work/bin-$rid"/esb-* "$root/bin/"
  scripts/node-sdk.sh "$root/lib/esb/node-sdk"
  make_platform_files "$root/share/esb"
  make_pages "$work/bin-$own/esb" "$root/share"
  cp LICENSE README.md "$root/share/doc/esb/"
  cp docs/installing.md "$root/share/doc/esb/"
  scripts/release/bill.py "$version" "$rid" "$SOURCE_DATE_EPOCH" "$root/lib/esb/node-sdk" "$sysroot" \
    "$root/share/doc/esb"
  chmod -R u=rwX,go=rX "$root"
  pack "$work/$rid" "$name" >"$out/$name.tar.gz"
  cp "$root/share/doc/esb/sbom.cdx.json" "$out/$name.cdx.json"

  scripts/image-files.sh --sysroot "$sysroot" --from "$work/bin-$rid" --to "$work/$rid/images" gateway agent provisioner
  scripts/release/image_archive.py "$version" "$revision" "$(debian_name "$rid")" "$SOURCE_DATE_EPOCH" \
    "$work/$rid/images" "$work/$rid/images.tar" gateway agent provisioner
  gzip -n -9 <"$work/$rid/images.tar" >"$out/esb-images-$version-$rid.tar.gz"
  scripts/release/deb.sh "$version" "$(debian_name "$rid")" "$root" "$out"
done

install -m 755 install.sh "$out/"
(cd "$out" && sha256sum -- * >SHA256SUMS)
rm -rf "$work"
echo "release: $version in ${out#"$PWD/"}"
sed 's/^/  /' "$out/SHA256SUMS"

#!/usr/bin/env bash
# The Debian package of an unpacked archive, by Debian's own tools. Called by scripts/release.sh.
#
#   scripts/release/deb.sh VERSION amd64|arm64 ROOT OUT
set -euo pipefail
cd "$(dirname "$0")/../.."

version=$1 arch=$2 root=$3 out=$4
here=scripts/release/debian
# A release candidate sorts before its release.
debian=${version/-/\~}
tree=$(dirname "$root")/deb
rm -rf "$tree"
mkdir -p "$tree"/{DEBIAN,usr/bin,usr/lib,usr/share/lintian/overrides,lib/systemd/system,etc/esb}

cp -r "$root/share/." "$tree/usr/share/"
cp -r "$root/lib/." "$tree/usr/lib/"
install -m 755 "$root"/bin/* "$tree/usr/bin/"
install -m 644 "$tree"/usr/share/esb/systemd/* "$tree/lib/systemd/system/"
rm -r "$tree/usr/share/esb/systemd" "$tree/usr/share/doc/esb/LICENSE"
mv "$tree/usr/share/zsh/site-functions" "$tree/usr/share/zsh/vendor-completions"
find "$tree/usr/share/man" -type f -exec gzip -n -9 {} +
gzip -n -9 "$tree/usr/share/doc/esb/THIRD-PARTY-NOTICES.txt"
# Files that npm marks as executable are run by node, or not at all.
find "$tree/usr/lib/esb/node-sdk" -type f -exec chmod 644 {} +
install -m 644 $here/lintian-overrides "$tree/usr/share/lintian/overrides/esb"

# Every setting there is, as in .env.example, with what differs for units of the machine first.
{
  cat $here/esb.env
  sed -E 's/^([A-Z_]+=)/#\1/' "$root/share/esb/.env.example"
} >"$tree/etc/esb/esb.env"
echo /etc/esb/esb.env >"$tree/DEBIAN/conffiles"

printf 'esb (%s) stable; urgency=medium\n\n  * Release %s.\n\n -- ESB maintainers <maintainers@esb.invalid>  %s\n' \
  "$debian" "$version" "$(date -uR -d "@$SOURCE_DATE_EPOCH")" |
  gzip -n -9 >"$tree/usr/share/doc/esb/changelog.gz"
{
  cat $here/copyright
  sed 's/^$/./; s/^/ /' LICENSE
} >"$tree/usr/share/doc/esb/copyright"

# The oldest libc that has every function the binaries call.
libc=$(for binary in "$root"/bin/*; do readelf -W --dyn-syms "$binary"; done \
  | grep -oE '@GLIBC_[0-9.]+' | sed 's/@GLIBC_//' | sort -uV | tail -n 1)
size=$(du -sk --apparent-size "$tree" | cut -f1)
sed "s/@VERSION@/$debian/; s/@ARCH@/$arch/; s/@LIBC@/$libc/; s/@SIZE@/$size/" $here/control >"$tree/DEBIAN/control"
for script in postinst prerm postrm; do install -m 755 "$here/$script" "$tree/DEBIAN/$script"; done
(cd "$tree" && find . -type f -not -path './DEBIAN/*' -printf '%P\0' | sort -z | xargs -0 md5sum) \
  >"$tree/DEBIAN/md5sums"
chmod -R go=rX "$tree"
chmod 644 "$tree"/DEBIAN/{control,conffiles,md5sums}
dpkg-deb --root-owner-group -Zxz --build "$tree" "$out/esb_${debian}_$arch.deb" >/dev/null
echo "deb: esb_${debian}_$arch.deb, needs libc6 $libc"

#!/bin/sh
# Installs ESB from a release archive for this machine, or removes what it installed.
#
#   ./install.sh [--prefix FOLDER] [--from ARCHIVE|FOLDER|URL]
#   ./install.sh --uninstall [--prefix FOLDER]
#
# --prefix: default is /usr/local when that is writable, else ~/.local. Binaries go to FOLDER/bin, all else to FOLDER/lib and share.
# --from: an archive, or a folder or http(s) URL that has it, with SHA256SUMS beside it; default is where this script is.
# Nothing is overwritten that this script did not install; a list of what it did is in FOLDER/share/esb/installed.
set -eu

fail() {
  echo "install: error: $*" >&2
  exit 1
}
usage() {
  echo "usage: install.sh [--prefix FOLDER] [--from ARCHIVE|FOLDER|URL] | --uninstall [--prefix FOLDER]" >&2
  exit 2
}

prefix='' from='' uninstall=no
while [ $# -gt 0 ]; do
  case $1 in
    --prefix) [ $# -gt 1 ] || usage; prefix=$2; shift ;;
    --from) [ $# -gt 1 ] || usage; from=$2; shift ;;
    --uninstall) uninstall=yes ;;
    *) usage ;;
  esac
  shift
done

writable() {
  folder=$1
  while [ ! -e "$folder" ]; do folder=$(dirname "$folder"); done
  [ -d "$folder" ] && [ -w "$folder" ]
}
if [ -z "$prefix" ]; then
  if writable /usr/local/bin && writable /usr/local/lib && writable /usr/local/share; then
    prefix=/usr/local
  else
    prefix=${HOME:?is not set; give --prefix}/.local
  fi
fi
case $prefix in
  /*) ;;
  *) prefix=$PWD/$prefix ;;
esac
list=$prefix/share/esb/installed

# Files as they were listed, then the folders that were made for them, as far as nobody else put something there.
remove() {
  while IFS= read -r line; do
    case $line in
      f\ *) rm -f "$prefix/${line#f }" ;;
      d\ *) rmdir "$prefix/${line#d }" 2>/dev/null || true ;;
    esac
  done <"$1"
}

if [ "$uninstall" = yes ]; then
  [ -f "$list" ] || fail "nothing was installed in $prefix by this script (there is no $list)"
  copy=$(mktemp)
  cp "$list" "$copy"
  rm -f "$list"
  remove "$copy"
  rm -f "$copy"
  echo "Removed from $prefix. Data of platforms stays where it is (usually ~/.local/state/esb)."
  exit 0
fi

case $(uname -s)-$(uname -m) in
  Linux-x86_64) rid=linux-x64 ;;
  Linux-aarch64) rid=linux-arm64 ;;
  *) fail "there is no release for $(uname -s) on $(uname -m); there are x86_64 and aarch64 on Linux" ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

download() {
  if command -v curl >/dev/null; then
    curl -fsSL -o "$2" "$1" || fail "$1 cannot be downloaded"
  elif command -v wget >/dev/null; then
    wget -q -O "$2" "$1" || fail "$1 cannot be downloaded"
  else
    fail "neither curl nor wget is here; download the archive and SHA256SUMS, then use --from"
  fi
}

# Of the names in SHA256SUMS, the archive for this machine.
named() {
  found=$(sed -n "s/^[0-9a-f]*[ *]*\(esb-[0-9][^ /]*-$rid\.tar\.gz\)\$/\1/p" "$1")
  [ -n "$found" ] || fail "$2 lists no archive for $rid"
  [ "$(printf '%s\n' "$found" | wc -l)" = 1 ] || fail "$2 lists several archives for $rid; name one with --from"
}

[ -n "$from" ] || from=$(cd "$(dirname "$0")" && pwd)
case $from in
  http://* | https://*)
    case $from in *.tar.gz) base=${from%/*} name=${from##*/} ;; *) base=${from%/} name='' ;; esac
    download "$base/SHA256SUMS" "$work/SHA256SUMS"
    if [ -z "$name" ]; then
      named "$work/SHA256SUMS" "$base/SHA256SUMS"
      name=$found
    fi
    download "$base/$name" "$work/$name"
    archive=$work/$name sums=$work/SHA256SUMS
    ;;
  *)
    if [ -d "$from" ]; then
      sums=$from/SHA256SUMS
      [ -f "$sums" ] || fail "$from has no SHA256SUMS; is it the folder of a release? --from names another"
      named "$sums" "$sums"
      archive=$from/$found
    else
      archive=$from sums=$(dirname "$from")/SHA256SUMS
    fi
    [ -f "$archive" ] || fail "$archive is not there"
    [ -f "$sums" ] || fail "$sums is not there; without it nobody knows whether $archive is whole"
    ;;
esac

name=${archive##*/}
expected=$(awk -v name="$name" '$2 == name || $2 == "*" name { print $1 }' "$sums")
[ -n "$expected" ] || fail "$sums does not list $name"
actual=$(sha256sum "$archive" | cut -d ' ' -f 1)
[ "$expected" = "$actual" ] || fail "$name is not what SHA256SUMS says: it has $actual, not $expected; nothing was installed"
case $name in *-"$rid".tar.gz) ;; *) fail "$name is not for this machine, which is $rid" ;; esac

gzip -dc "$archive" | tar -x -f - -C "$work"
root=$work/${name%.tar.gz}
[ -x "$root/bin/esb" ] || fail "$name has no bin/esb in it"
(cd "$root" && find bin lib share -type f | sort) >"$work/files"

# Nothing before all is known: what is in the way and was not put there by this script stays.
[ ! -f "$list" ] || sed -n 's/^f //p' "$list" >"$work/ours"
touch "$work/ours"
while IFS= read -r file; do
  if [ -e "$prefix/$file" ] && ! grep -qxF "$file" "$work/ours"; then
    fail "$prefix/$file is there and was not installed by this script; move it away, or choose another --prefix"
  fi
done <"$work/files"
if ! writable "$prefix/bin" || ! writable "$prefix/lib" || ! writable "$prefix/share"; then
  fail "$prefix is not writable; run as root, or choose another --prefix"
fi

[ ! -f "$list" ] || sed -n 's/^d //p' "$list" | sort >"$work/folders"
touch "$work/folders"
if [ ! -d "$prefix" ]; then
  mkdir -p "$prefix"
  echo >>"$work/folders"
fi
make_folder() {
  [ ! -d "$prefix/$1" ] || return 0
  case $1 in */*) make_folder "${1%/*}" ;; esac
  mkdir "$prefix/$1"
  echo "$1" >>"$work/folders"
}
make_folder share
make_folder share/esb
# Written first, so that an interrupted installation can be removed, or gone on with.
{
  sed 's/^/f /' "$work/files" "$work/ours" | sort -u
  (cd "$root" && find bin lib share -type d) | while IFS= read -r folder; do [ -d "$prefix/$folder" ] || echo "$folder"; done | sort -u - "$work/folders" | sort -r | sed 's/^/d /'
} >"$work/list"
cp "$work/list" "$list"
while IFS= read -r file; do
  make_folder "${file%/*}"
  # By rename: a running binary cannot be written over.
  cp -p "$root/$file" "$prefix/$file.new-$$"
  mv -f "$prefix/$file.new-$$" "$prefix/$file"
done <"$work/files"
# What an earlier version had and this one has not.
while IFS= read -r file; do
  grep -qxF "$file" "$work/files" || rm -f "$prefix/$file"
done <"$work/ours"
{
  sed 's/^/f /' "$work/files"
  sort -ru "$work/folders" | sed 's/^/d /'
} >"$work/list"
cp "$work/list" "$list"

echo "Installed esb $("$prefix/bin/esb" version) in $prefix. To remove it: $0 --uninstall --prefix $prefix"
case :$PATH: in
  *:"$prefix/bin":*) ;;
  *) echo "$prefix/bin is not on the PATH; add it: PATH=$prefix/bin:\$PATH" ;;
esac

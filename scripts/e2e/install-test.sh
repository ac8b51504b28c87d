#!/usr/bin/env bash
# Tests a downloaded release on a Debian 12 with Python and Node.js but without .NET and without a network: from the
# archive (with install.sh, and unpacked), from the .deb, and as units of a real systemd; unpacked, also on one without
# Node.js. Run as root, after scripts/release.sh VERSION. Everything happens in its own folders, which are removed,
# however it ends. The last line has the totals: `N passed, N failed`.
#
#   scripts/e2e/install-test.sh VERSION [--emulated]    --emulated: the arm64 archive too, under qemu
set -uo pipefail
cd "$(dirname "$0")/../.." || exit

version=${1:?usage: scripts/e2e/install-test.sh VERSION [--emulated]}
emulated=${2:-}
release=$PWD/artifacts/release/$version
debian=${version/-/\~}
arch=$(dpkg --print-architecture)
rid=linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
work=$(mktemp -d)
booted=''
[ "$(id -u)" = 0 ] || { echo "install-test: error: must run as root: it makes other roots" >&2; exit 2; }
if [ ! -f "$release/SHA256SUMS" ]; then
  echo "install-test: error: $release is not there; run scripts/release.sh $version" >&2
  exit 2
fi

clean() {
  [ -z "$booted" ] || { kill "$booted"; sleep_until_gone "$booted"; } 2>/dev/null
  rm -rf --one-file-system "$work"
}
sleep_until_gone() { for _ in $(seq 100); do kill -0 "$1" 2>/dev/null || return 0; sleep 0.1; done; kill -9 "$1"; }
trap clean EXIT
trap 'exit 130' INT TERM

source scripts/e2e/expect.sh

# In another root and a network namespace that has loopback only: nothing can be fetched.
# shellcheck disable=SC2016
inside() {
  local root=$1 path=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
  shift
  unshare --net --pid --fork --mount -- sh -c 'ip link set lo up; mount -t proc proc "$0/proc"; exec chroot "$0" "$@"' \
    "$root" /usr/bin/env -i HOME=/root "PATH=$path" LANG=C.UTF-8 "$@"
}

# The machine of a user: Debian, Python, Node.js. Created once; each case gets its own copy.
make_root() {
  local packages=python3,nodejs,ca-certificates,libssl3,procps,systemd-sysv,dbus,libpam-systemd,man-db
  mmdebstrap --quiet --variant=minbase --include=$packages bookworm "$work/debian"
  ! chroot "$work/debian" sh -c 'command -v dotnet || ls /usr/share/dotnet /usr/lib/dotnet' >/dev/null 2>&1
}
# A machine that has Python with boto3, and no Node.js.
make_python_root() {
  local packages=python3,python3-boto3,ca-certificates,libssl3,procps
  mmdebstrap --quiet --variant=minbase --include=$packages bookworm "$work/python"
  ! chroot "$work/python" sh -c 'command -v node nodejs npm dotnet' >/dev/null 2>&1
}
copy() { cp -a --reflink=auto "$work/debian" "$work/$1"; echo "$work/$1"; }

# From nothing to an answer and back, timed inside; $PATH has esb.
cat >"$work/journey" <<'J'
#!/bin/sh
set -eu
cd "$(mktemp -d)"
begin=$(date +%s%N)
esb version
esb up
esb init hello
cd hello
esb deploy
python3 - <<'P'
import urllib.request
answer = urllib.request.urlopen("http://127.0.0.1:8080/hello/you")
body = answer.read().decode()
print(answer.status, body)
assert answer.status == 200 and "you" in body
P
esb status
esb down
awk -v a="$begin" -v b="$(date +%s%N)" 'BEGIN { printf "TOOK %.1f s\n", (b - a) / 1e9 }'
if pgrep -l esb; then exit 1; fi
J
chmod +x "$work/journey"
journey() {
  local root=$1
  shift
  cp "$work/journey" "$root/usr/local/sbin/journey"
  inside "$root" env "$@" /usr/local/sbin/journey | tee "$work/said"
  local status=${PIPESTATUS[0]}
  sed -n 's/^TOOK/        took/p' "$work/said" >>"$work/times"
  return "$status"
}

# A Python function that writes to a table and to a bucket, and reads both.
cat >"$work/notes" <<'J'
#!/bin/sh
set -eu
cd /srv/notes
esb up
esb deploy
python3 - <<'P'
import json, urllib.request
note = "http://127.0.0.1:8080/notes/first"
assert urllib.request.urlopen(urllib.request.Request(note, "Title\nä".encode(), method="PUT")).status == 201
read = json.load(urllib.request.urlopen(note))
print(read)
assert read == {"title": "Title", "length": 7, "text": "Title\nä"}
P
esb down
if pgrep -l esb; then exit 1; fi
J
chmod +x "$work/notes"
python_only() {
  local root=$work/python
  tar -xzf "$release/esb-$version-$rid.tar.gz" -C "$root/opt"
  cp -r examples/notes "$root/srv/"
  cp "$work/notes" "$root/usr/local/sbin/notes"
  inside "$root" env "PATH=/opt/esb-$version-$rid/bin:/usr/local/bin:/usr/bin:/bin" /usr/local/sbin/notes
}

unpacked() {
  local root=$1
  tar -xzf "$release/esb-$version-$rid.tar.gz" -C "$root/opt"
  journey "$root" "PATH=/opt/esb-$version-$rid/bin:/usr/local/bin:/usr/bin:/bin"
}

# Every file and folder with what it holds, to compare before and after.
listing() {
  (cd "$1" && find . -path ./proc -prune -o -path ./tmp -prune -o -path ./root/.local -prune \
    -o -path ./root/.cache -prune -o -path ./usr/local/sbin/journey -prune \
    -o -type f -printf '%p %s %m %u\n' -o -type d -printf '%p %m %u\n' | sort)
}

by_script() {
  local root=$1
  mkdir "$root/media/release"
  cp "$release"/{install.sh,SHA256SUMS,esb-"$version"-"$rid".tar.gz} "$root/media/release/"
  listing "$root" >"$work/before"
  inside "$root" sh /media/release/install.sh
}
by_script_uninstalled() {
  inside "$1" sh /media/release/install.sh --uninstall &&
    listing "$1" >"$work/after" && diff "$work/before" "$work/after"
}
spoilt() {
  printf x >>"$1/media/release/esb-$version-$rid.tar.gz"
  ! inside "$1" sh /media/release/install.sh && [ ! -e "$1/usr/local/bin/esb" ]
}
manual() { inside "$1" man -w esb-deploy && inside "$1" sh -c 'esb completion bash' | cmp - "$1/$2"; }

by_package() {
  cp "$release/esb_${debian}_$arch.deb" "$1/media/"
  inside "$1" dpkg -i "/media/esb_${debian}_$arch.deb"
}
package_removed() {
  inside "$1" dpkg --purge esb | tee "$work/purge" && [ -z "$(files_of_esb "$1" | tee /dev/stderr)" ]
}
files_of_esb() {
  find "$1" -xdev \( -path "$1/proc" -o -path "$1/root" -o -path "$1/home" -o -path "$1/tmp" -o -path "$1/media" \
    -o -path "$1/var/log" -o -path "$1/var/lib/esb" \) -prune -o -name '*esb[-._]*' -print -o -name esb -print
}

# A machine that systemd runs. No network but loopback.
boot() {
  local root=$1
  cp "$work/journey" "$root/usr/local/sbin/journey"
  : >"$root/etc/machine-id"
  systemd-nspawn --quiet --directory="$root" --register=no --keep-unit --private-network --console=pipe --boot \
    </dev/null >"$work/boot.log" 2>&1 &
  booted=$!
  for _ in $(seq 300); do
    init=$(pgrep --parent "$booted" | head -n 1)
    [ -z "$init" ] || case $(on systemctl is-system-running 2>/dev/null) in running | degraded) return ;; esac
    kill -0 "$booted" 2>/dev/null || break
    sleep 0.2
  done
  tail -n 20 "$work/boot.log"
  return 1
}
on() {
  nsenter --target "$init" --all -- /usr/bin/env -i HOME=/root PATH=/usr/bin:/bin:/usr/sbin:/sbin LANG=C.UTF-8 "$@"
}
as_esb() { on runuser -u esb -- env HOME=/var/lib/esb "$@" --env-file /etc/esb/esb.env; }
units_run() {
  on esb up --systemd && on systemctl is-active esb.target esb-gateway esb-agent esb-stores &&
    [ "$(on stat -c '%U %a' /var/lib/esb/default/run/agent.sock)" = "esb 600" ] &&
    [ "$(on systemctl show -P User esb-gateway)" = esb ]
}
units_answer() {
  on sh -c 'cd /srv && esb init hello && chmod -R a+rX hello' &&
    as_esb esb deploy -t /srv/hello/template.yaml -o /var/lib/esb/deploys && fetch 8080/hello/you
}
part_comes_back() {
  local before after
  before=$(on systemctl show -P MainPID "$1")
  on kill -9 "$before"
  for _ in $(seq 100); do
    after=$(on systemctl show -P MainPID "$1")
    [ "$after" != "$before" ] && [ "$after" != 0 ] && [ "$(on systemctl is-active "$1")" = active ] && return
    sleep 0.2
  done
  on systemctl status --no-pager "$1"
  return 1
}
fetch() { on python3 -c "import urllib.request; print(urllib.request.urlopen('http://127.0.0.1:$1').read())"; }
answers() { fetch 8080/hello/again; }
# The parts were stopped and have ended; the files of the package still exist.
units_stop() {
  on esb down --systemd && [ "$(on systemctl is-active esb-gateway)" = inactive ] && ! on pgrep -l 'esb-' &&
    [ ! -e "$1/etc/systemd/system/multi-user.target.wants/esb.target" ]
}
own_units() {
  on sh -c 'cd /srv/hello && GATEWAY_PORT=18080 esb up --systemd --project shop' &&
    on test -f /etc/systemd/system/esb-shop-gateway.service &&
    on sh -c 'cd /srv/hello && GATEWAY_PORT=18080 esb deploy --project shop -o /tmp/deploys' &&
    fetch 18080/hello/shop &&
    on esb down --project shop && ! on sh -c 'ls /etc/systemd/system/esb-shop*' && ! on pgrep -l 'esb-'
}
# The port of the gateway is in use: an error says so, and no unit and no process is left.
taken_port() {
  on python3 -c 'import socket, time
s = socket.socket(); s.bind(("127.0.0.1", 18081)); s.listen()
print("held", flush=True); time.sleep(60)' >"$work/held" &
  local holder=$!
  for _ in $(seq 100); do grep -q held "$work/held" && break; sleep 0.1; done
  ! on sh -c 'cd /srv/hello && GATEWAY_PORT=18081 esb up --systemd --project taken' &&
    ! on sh -c 'ls /etc/systemd/system | grep taken' && ! on pgrep -l 'esb-'
  local status=$?
  kill "$holder"
  return $status
}
# The same for a user who is not root, with the user's systemd.
user_units() {
  on useradd --create-home someone && on loginctl enable-linger someone || return 1
  local user
  user=$(on id -u someone)
  as_someone() { on runuser -u someone -- env HOME=/home/someone "XDG_RUNTIME_DIR=/run/user/$user" sh -c 'cd && '"$1"; }
  for _ in $(seq 100); do on test -S "/run/user/$user/systemd/private" && break; sleep 0.1; done
  as_someone 'esb init hello && cd hello && esb up --systemd &&
    systemctl --user is-active esb.target esb-gateway && esb deploy' &&
    [ "$(on stat -c '%U %a' /home/someone/.local/state/esb/default/systemd.env)" = "someone 600" ] && answers &&
    as_someone 'cd hello && esb down && test ! -e ~/.config/systemd/user/esb.target' && ! on pgrep -l 'esb-'
}
# Verified: systemd reports no unknown or missing settings. The exposure is systemd's rating, of 10, of what a service
# could still do.
security() {
  on sh -c 'systemd-analyze verify --man=no /lib/systemd/system/esb*.service /lib/systemd/system/esb.target' || return 1
  local unit
  for unit in gateway agent stores; do
    on systemd-analyze security --no-pager "esb-$unit.service" \
      | sed -n "s/.*Overall exposure level for/        exposure of/p" | tee -a "$work/times"
  done
}

# Under emulation: the arm64 binaries against Debian's arm64 libraries. Functions are this machine's own Python.
emulated() {
  local root=$work/arm64
  mkdir "$root"
  tar -xzf "$release/esb-$version-linux-arm64.tar.gz" -C "$root"
  scripts/e2e/emulated.sh "$root/esb-$version-linux-arm64/bin" "$PWD/artifacts/sysroot/arm64" "$version"
}

expect "a Debian without .NET" make_root
one=$(copy one)
expect "unpacked: up, init, deploy, request, down" unpacked "$one"
expect "a Debian without Node.js" make_python_root
expect "without Node.js: up, deploy, a request that writes to a table and a bucket, down" python_only
two=$(copy two)
expect "install.sh: installs" by_script "$two"
expect "install.sh: up, init, deploy, request, down" journey "$two"
expect "install.sh: manual page and completion are where they are looked for" \
  manual "$two" usr/local/share/bash-completion/completions/esb
expect "install.sh: once more, over itself" inside "$two" sh /media/release/install.sh
expect "install.sh: removes exactly what it installed" by_script_uninstalled "$two"
expect "install.sh: refuses an archive that is not what SHA256SUMS says" spoilt "$two"
three=$(copy three)
expect ".deb: installs" by_package "$three"
expect ".deb: up, init, deploy, request, down" journey "$three"
expect ".deb: manual page and completion are where they are looked for" \
  manual "$three" usr/share/bash-completion/completions/esb
expect ".deb: no systemd, and says what to do" sh -c '"$@" 2>&1 | grep "systemd does not run this machine"' - \
  unshare chroot "$three" esb up --systemd
expect ".deb: systemd starts the machine" boot "$three"
if [ -n "$booted" ] && kill -0 "$booted" 2>/dev/null; then
  expect ".deb: units are good" security
  expect ".deb: esb up --systemd starts every unit, as its user" units_run
  expect ".deb: deploy and request" units_answer
  for unit in esb-gateway esb-agent esb-stores; do
    expect ".deb: $unit comes back after kill -9" part_comes_back $unit
  done
  expect ".deb: and answers" answers
  expect ".deb: esb down --systemd" units_stop "$three"
  expect "without units of the package: esb up --systemd writes some, esb down removes them" own_units
  expect "a unit that cannot start: an error, and nothing stays" taken_port
  expect "a user's own systemd: esb up --systemd, deploy, request, esb down" user_units
  on systemctl poweroff
  sleep_until_gone "$booted"
  booted=''
fi
expect ".deb: purged, nothing stays but data" package_removed "$three"
[ -z "$emulated" ] || expect "arm64, emulated: version, dry run, request" emulated
cat "$work/times" 2>/dev/null
repeat_failures
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]

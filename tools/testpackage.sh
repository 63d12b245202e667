#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tools/testpackage.sh PACKAGE.deb: installs the package into a fresh Debian 12, uses both programs there as an
# ordinary user, removes it again, and looks whether that person's data is as it was. Run by `./dev package --test`.
# Needs root (a root folder of its own is entered) and debootstrap.
set -euo pipefail
[[ -f ${1:-} ]] || { echo "testpackage: which package? Give its file." >&2; exit 2; }
set -- "$(readlink -f "$1")"
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

# What is mounted here is seen by nobody else, and gone with this process, however that ends.
if [[ ${WRISTKEEP_OWN_MOUNTS:-} != "$$" ]]; then
  export WRISTKEEP_OWN_MOUNTS=$$
  exec unshare --mount --propagation private "tools/$(basename "${BASH_SOURCE[0]}")" "$1"
fi
package=$1
base=$PWD/build/package/bookworm.tar
mirror=${WRISTKEEP_MIRROR:-http://deb.debian.org/debian}
id=io.github.wristkeep.Wristkeep

root=$(mktemp -d /var/tmp/wristkeep-root.XXXXXX)
say() { printf '\n-- %s\n' "$*"; }
fail() { printf 'testpackage: %s\n' "$*" >&2; exit 1; }

leave() {
  local process place
  # Whoever still runs in there would keep the mounts busy.
  for process in /proc/[0-9]*; do
    if [[ $(readlink "$process/root" 2>/dev/null) == "$root" ]]; then kill -KILL "${process#/proc/}" 2>/dev/null || true; fi
  done
  for place in dev/shm dev/pts dev proc; do
    if mountpoint -q "$root/$place"; then umount "$root/$place" || umount -l "$root/$place"; fi
  done
  # A mount that stayed would be emptied together with the folder.
  if grep -qF " $root/" /proc/mounts; then
    echo "testpackage: something is still mounted below $root; it stays." >&2
  else
    rm -rf --one-file-system "$root"
  fi
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

enter() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root DEBIAN_FRONTEND=noninteractive "$@"; }
person() { chroot --userspec=person:person "$root" env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 HOME=/home/person "$@"; }
quietly() { # shows what was said only when it went wrong
  local said
  said=$("$@" 2>&1) || { printf '%s\n' "$said" >&2; fail "failed: $*"; }
}
# What the person owns and what is in it.
belongings() { (cd "$root/home/person" && find . -type f -print0 | sort -z | xargs -0 sha256sum); }

say "A fresh Debian 12"
if [[ ! -f $base ]]; then
  # Kept as a file: the next test need not fetch it all again.
  quietly debootstrap --variant=minbase bookworm "$root" "$mirror"
  rm -f "$root"/var/cache/apt/archives/*.deb
  mkdir -p "$(dirname "$base")"
  tar -C "$root" --one-file-system -cf "$base.part" .
  mv "$base.part" "$base"
else
  tar -C "$root" -xf "$base"
fi
chmod 755 "$root"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount -t devpts devpts "$root/dev/pts" -o newinstance,ptmxmode=0666 2>/dev/null || mount --bind /dev/pts "$root/dev/pts"
mount -t tmpfs tmpfs "$root/dev/shm"
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
cat >"$root/etc/apt/sources.list" <<EOF
deb $mirror bookworm main
deb $mirror bookworm-updates main
deb ${mirror%/debian}/debian-security bookworm-security main
EOF
for name in $(compgen -e | grep -iE '^(https?|no)_proxy$' || true); do
  if [[ ${name,,} != no_proxy ]]; then echo "Acquire::${name%_*}::Proxy \"${!name}\";" >>"$root/etc/apt/apt.conf.d/00proxy"; fi
done
# No service may start in there.
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
enter useradd --create-home person

say "The package is installed with what it asks for, and nothing else"
cp "$package" "$root/var/tmp/wristkeep.deb"
quietly enter apt-get -q update
quietly enter apt-get -q -y install --no-install-recommends /var/tmp/wristkeep.deb
enter dpkg -L wristkeep | sed 's/^/   /'
[[ $(enter dpkg-query -W wristkeep) == *wristkeep* ]] || fail "it is not installed"
for file in "$root"/usr/bin/wristkeep*; do
  [[ $(basename "$file") =~ ^wristkeep(-cli)?$ ]] || fail "$(basename "$file") is no program for people"
done

say "The menu"
menu=$root/usr/share/applications/$id.desktop
[[ -f $menu ]] || fail "there is no menu entry"
icon=$(sed -n 's/^Icon=//p' "$menu")
[[ -f $root/usr/share/icons/hicolor/scalable/apps/$icon.svg ]] || fail "the menu entry's icon $icon is not there"
while read -r program _; do
  [[ -x $root/usr/bin/$program ]] || fail "the menu entry starts $program, which is not there"
done <<<"$(sed -n 's/^Exec=//p' "$menu")"
grep -qxF "$id.desktop" <(sed -n 's,.*<launchable type="desktop-id">\(.*\)</launchable>.*,\1,p' "$root/usr/share/metainfo/$id.metainfo.xml") ||
  fail "the description for software centres names another menu entry"
echo "   $menu: $icon"

say "The terminal program, as an ordinary user"
[[ $(person wristkeep-cli --version) == wristkeep* ]] || fail "wristkeep-cli --version says something else"
person wristkeep-cli --demo connect </dev/null
person wristkeep-cli --demo sync
person wristkeep-cli --demo status
data=$(find "$root/home/person" -name '*_steps.json' | wc -l)
[[ $data -ge 1 ]] || fail "the sync left no day file"

say "The window, as an ordinary user under Xvfb"
# Only what a desktop brings anyway; the program itself got nothing more.
quietly enter apt-get -q -y install --no-install-recommends xvfb xauth xdotool
# The window must be there, stay there, and close in order when it is told to.
cat >"$root/usr/local/bin/look" <<'EOF'
#!/bin/bash
wristkeep --demo 2>/tmp/said &
program=$!
for ((i = 0; i < 300; i++)); do
  window=$(xdotool search --onlyvisible --pid "$program" --name 'Wristkeep' 2>/dev/null | head -n 1)
  [[ -z $window ]] || break
  kill -0 "$program" 2>/dev/null || { echo "it ended: $(cat /tmp/said)"; exit 1; }
  sleep 0.1
done
[[ -n $window ]] || { echo "no window in 30 s: $(cat /tmp/said)"; exit 1; }
echo "   $(xdotool getwindowname "$window"), $(xdotool getwindowgeometry "$window" | sed -n 's/.*Geometry: //p')"
sleep 1
kill -TERM "$program"
wait "$program" || { echo "it ended with $?: $(cat /tmp/said)"; exit 1; }
if [[ -s /tmp/said ]]; then echo "   it said: $(cat /tmp/said)"; fi
EOF
chmod 755 "$root/usr/local/bin/look"
person timeout 120 xvfb-run -a -s "-screen 0 1280x800x24" /usr/local/bin/look || fail "the window did not do what it should"

say "Removed, and purged"
before=$(belongings)
quietly enter apt-get -q -y purge wristkeep
left=$(cd "$root" && find usr etc var/lib -ipath '*wristkeep*' ! -path 'var/lib/dpkg/*' ! -path 'var/lib/apt/*' ! -path 'usr/local/*')
[[ -z $left ]] || fail "this stayed behind: $left"
[[ $before == "$(belongings)" ]] || fail "the person's data is not as it was"
printf '   %s files of the person are as they were\n' "$(wc -l <<<"$before")"

say "The package is good."

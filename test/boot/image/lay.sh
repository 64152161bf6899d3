#!/usr/bin/env bash
# Lays what boot tests need on a copy of the rehearsals' Debian, as root: lay.sh BASE DISK
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
base=$1 disk=$2
cp --sparse=always "$base" "$disk.new"
at=$(mktemp -d)
mount -o loop "$disk.new" "$at"
trap 'umount "$at"; rmdir "$at"' EXIT
cp -r --no-preserve=ownership "$here/files/." "$at/"
# Or each machine would take the image's id as its own.
rm -f "$at/var/lib/dbus/machine-id"
wants=$at/etc/systemd/system/cloud-init.target.wants
mkdir -p "$wants"
for unit in boot-setup boot-probe; do ln -sf "/etc/systemd/system/$unit.service" "$wants/$unit.service"; done
trap - EXIT
umount "$at"
rmdir "$at"
mv "$disk.new" "$disk"

#!/usr/bin/env bash
# Makes the Debian 12 of rehearsed machines, as root: build.sh DIRECTORY
#
# DIRECTORY gets root.ext4 (the disk), vmlinuz and initrd.img (its kernel, for emulated machines), and mirror/ (a small apt
# archive with the packages that the node installs while it boots). Packages come from the archive that this machine's apt
# is set to.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$1
disk_size=20G
root=$target/root

archive() { # CODENAME: its address in this machine's own apt sources
  apt-get indextargets --format "\$(SITE) \$(CODENAME)" 'Created-By: Packages' |
    awk -v codename="$1" '$2 == codename { print $1; exit }'
}
names() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$1"; }
in_root() { DEBIAN_FRONTEND=noninteractive LC_ALL=C chroot "$root" "$@"; }

debian=$(archive bookworm)
security=$(archive bookworm-security)
rm -rf "$target"
mkdir -p "$target"
debootstrap --variant=minbase --include=systemd-sysv,udev,dbus,iproute2,procps,kmod,apt-utils bookworm "$root" "$debian"

# Packages. No service may start in the chroot.
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 0755 "$root/usr/sbin/policy-rc.d"
printf 'deb %s bookworm main\ndeb %s bookworm-security main\n' "$debian" "$security" >"$root/etc/apt/sources.list"
cp /etc/resolv.conf "$root/etc/resolv.conf"
mount -t proc proc "$root/proc"
trap 'umount "$root/proc"' EXIT
mkdir -p "$root/etc/initramfs-tools/conf.d"
printf 'MODULES=list\nCOMPRESS=lz4\n' >"$root/etc/initramfs-tools/conf.d/rehearsal"
printf 'virtio_pci\nvirtio_blk\n' >>"$root/etc/initramfs-tools/modules"
in_root apt-get update -q
mapfile -t installed < <(names "$here/packages.txt")
in_root apt-get install -q -y --no-install-recommends lz4 "${installed[@]}"

# The mirror: what is not in the image, with what it needs.
in_root apt-get clean
mapfile -t mirrored < <(names "$here/mirror-packages.txt")
in_root apt-get install -q -y --no-install-recommends --reinstall --download-only "${mirrored[@]}"
mkdir -p "$target/mirror/pool"
mv "$root"/var/cache/apt/archives/*.deb "$target/mirror/pool/"
mkdir -p "$root/tmp/mirror"
mount --bind "$target/mirror" "$root/tmp/mirror"
in_root sh -c 'cd /tmp/mirror && mkdir -p dists/bookworm/main/binary-amd64 &&
  apt-ftparchive packages pool >dists/bookworm/main/binary-amd64/Packages &&
  apt-ftparchive -o APT::FTPArchive::Release::Codename=bookworm -o APT::FTPArchive::Release::Suite=bookworm \
    -o APT::FTPArchive::Release::Components=main -o APT::FTPArchive::Release::Architectures=amd64 \
    release dists/bookworm >/tmp/Release && mv /tmp/Release dists/bookworm/Release'
umount "$root/tmp/mirror"
rmdir "$root/tmp/mirror"

# The system, as a provider's image has it, less what only costs time here.
cp -r --no-preserve=ownership "$here/files/." "$root/"
printf 'en_US.UTF-8 UTF-8\n' >"$root/etc/locale.gen"
in_root locale-gen >/dev/null
printf 'LANG=en_US.UTF-8\n' >"$root/etc/default/locale"
printf '/dev/vda / ext4 errors=remount-ro 0 0\n' >"$root/etc/fstab"
printf 'deb http://10.0.2.100/debian bookworm main\n' >"$root/etc/apt/sources.list"
# No name server: names that user-data did not declare fail at once.
printf 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n' >"$root/etc/resolv.conf"
printf 'localhost\n' >"$root/etc/hostname"
printf '127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n' >"$root/etc/hosts"
in_root systemctl enable -q systemd-networkd.service
in_root systemctl mask -q apt-daily.timer apt-daily-upgrade.timer certbot.timer dpkg-db-backup.timer \
  e2scrub_all.timer e2scrub_reap.service fstrim.timer getty@tty1.service serial-getty@ttyS0.service
# No profile is for a program of ours, and compiling them takes long.
find "$root/etc/apparmor.d" -maxdepth 1 -type f -delete
# Each `systemctl daemon-reload` runs every generator; these have nothing to find here.
mkdir -p "$root/etc/systemd/system-generators"
for generator in "$root"/lib/systemd/system-generators/*; do
  case ${generator##*/} in
    cloud-init-generator | systemd-fstab-generator) ;;
    *) ln -s /dev/null "$root/etc/systemd/system-generators/${generator##*/}" ;;
  esac
done
rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/*.bin "$root/usr/sbin/policy-rc.d" "$root"/etc/ssh/ssh_host_*
: >"$root/etc/machine-id"

umount "$root/proc"
trap - EXIT
cp "$root"/boot/vmlinuz-* "$target/vmlinuz"
cp "$root"/boot/initrd.img-* "$target/initrd.img"
mke2fs -q -t ext4 -L root -d "$root" "$target/root.ext4" "$disk_size"
rm -rf "$root"

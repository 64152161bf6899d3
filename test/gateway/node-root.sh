#!/usr/bin/env bash
# node-root.sh DIRECTORY ROOT: makes a node's file system of ROOT with DIRECTORY/files laid over it, and a network of
# its own, and stays as its first process until it is killed.
#
# It is called as root and as the first process of new mount, network and PID namespaces: whatever is mounted, started
# or done to the network is gone when it ends.
set -euo pipefail
directory=$1 root=$2

mkdir "$directory/mount" "$directory/nginx"
mount -t tmpfs tmpfs "$directory/mount"
cd "$directory/mount"
mkdir upper work root
mount -t overlay overlay -o "lowerdir=$root,upperdir=upper,workdir=work" root
rm -rf root/etc/nginx/sites-enabled/* root/etc/nginx/conf.d/* root/etc/letsencrypt
cp --recursive --no-preserve=ownership --preserve=mode "$directory/files/." root/
mount --rbind /dev root/dev
mount -t proc proc root/proc
mount -t tmpfs tmpfs root/tmp
mount -t tmpfs tmpfs root/run
# Where nginx may spill bodies to: on this machine's disk, so that the kernel counts what is written.
mkdir -p root/var/lib/nginx root/var/log/nginx
mount --bind "$directory/nginx" root/var/lib/nginx

# Addresses count at once: nobody else has them here, so nobody is asked.
sysctl --quiet net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0
ip link set lo up
while read -r address; do ip address add "$address" dev lo; done <"$directory/addresses"
# A shell, because the first process also has to take note of those that end.
exec chroot root bash -c 'echo ready; sleep infinity & wait'

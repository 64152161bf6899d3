#!/usr/bin/env bash
# in-node-root.sh DIRECTORY ROOT: runs DIRECTORY/script over a node's file system, $node_root, which is ROOT with
# DIRECTORY/files laid over it.
#
# It is called as root and as the first process of new mount, network and PID namespaces: whatever the script mounts,
# starts or does to the network is gone when it ends.
set -euo pipefail
directory=$1 root=$2

mkdir "$directory/mount"
mount -t tmpfs tmpfs "$directory/mount"
cd "$directory/mount"
mkdir upper work root
mount -t overlay overlay -o "lowerdir=$root,upperdir=upper,workdir=work" root
cp --recursive --no-preserve=ownership --preserve=mode "$directory/files/." root/
mount --rbind /dev root/dev
mount -t proc proc root/proc
mount -t tmpfs tmpfs root/tmp
ip link set lo up
node_root=$PWD/root bash -euo pipefail "$directory/script"

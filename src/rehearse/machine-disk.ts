import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { internetAddress } from './internet-address.ts';
import type { MachineOptions } from './machine-options.ts';

/** Writes on a machine's disk what a provider adds to its image: the user-data, the network and the files of its owner. */
export function layDisk({ directory, userData, address, name, images, ownFiles }: MachineOptions): void {
  const files: Record<string, string> = {
    'var/lib/cloud/seed/nocloud/user-data': userData,
    'var/lib/cloud/seed/nocloud/meta-data': `instance-id: ${name}\nlocal-hostname: ${name}\n`,
    'var/lib/cloud/seed/nocloud/network-config': 'version: 2\nethernets: {}\n',
    'etc/systemd/network/10-eth0.network': [
      '[Match]',
      'Name=eth0',
      '[Network]',
      `Address=${address}/24`,
      `Gateway=${address.replace(/\d+$/, '254')}`,
      `DNS=${internetAddress}`,
      'LinkLocalAddressing=no',
      '',
    ].join('\n'),
    'etc/resolv.conf': `nameserver ${internetAddress}\n`,
    'etc/fstab': '',
    // The kernel is the host's, with what the host has loaded.
    'usr/sbin/modprobe': '#!/bin/sh\nexit 0\n',
  };
  const tree = join(directory, 'files');
  const own = [...(ownFiles ?? [])].map(([path, text]) => [path.slice(1), text] as const);
  for (const [path, text] of [...Object.entries(files), ...own]) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  const steps = [
    `at=${quote(join(directory, 'root'))}`,
    'mkdir "$at"',
    `mount -o loop ${quote(join(directory, 'disk'))} "$at"`,
    `cp -r --remove-destination ${quote(`${tree}/.`)} "$at/"`,
    'chmod 0755 "$at/usr/sbin/modprobe"',
    ...(images === undefined
      ? []
      : [
          'mkdir -p "$at/var/lib/rancher/k3s/agent/images"',
          `cp ${quote(images)}/* "$at/var/lib/rancher/k3s/agent/images/"`,
        ]),
    ...own.map(([path]) => `chmod 0600 "$at"/${quote(path)}`),
    'umount "$at"',
  ];
  // Without standard input: where that is a socket, Debian's bash reads this computer's own settings first.
  execFileSync('unshare', ['--mount', 'bash', '-euc', steps.join('\n')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

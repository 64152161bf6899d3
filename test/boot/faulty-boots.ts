import { describe, expect, it } from 'vitest';
import { bootPlatform } from './boot-platform.ts';
import { bootSoon } from './boot-soon.ts';
import type { Fault } from './faults.ts';

const node = bootPlatform();
const withDiskLimit = bootPlatform((config) => ({
  ...config,
  nodes: { 'oslo-1': { ...config.nodes['oslo-1'], fsyncLimit: '10ms' } },
}));
const withoutResolvers = bootPlatform((config) => ({
  ...config,
  k3s: Object.fromEntries(Object.entries(config.k3s ?? {}).filter(([key]) => key !== 'resolvers')),
}));

/** What goes wrong, and the last thing that the node says. */
const cases: readonly [Fault, { userData: string; says: RegExp }][] = [
  [
    'k3s-download-fails',
    { userData: node.userData, says: /^fjord: FAILED \(K3s\): cannot download http\S+\/k3s$/ },
  ],
  [
    'k3s-download-hangs',
    { userData: node.userData, says: /^fjord: FAILED \(K3s\): cannot download http\S+\/k3s$/ },
  ],
  [
    'k3s-hash-wrong',
    { userData: node.userData, says: /^fjord: FAILED \(K3s\): k3s has SHA-256 \w{64}, expected \w{64}$/ },
  ],
  [
    'disk-slow',
    {
      userData: withDiskLimit.userData,
      says: /^fjord: FAILED \(preflight\): the disk: .* within \d+\.\d+ ms, .*; the limit is 10 ms$/,
    },
  ],
  [
    'no-dns',
    {
      userData: withoutResolvers.userData,
      says: /^fjord: FAILED \(preflight\): this machine has no DNS server that pods can reach: see \/etc\/resolv.conf, or write k3s.resolvers$/,
    },
  ],
  [
    'ipv6-off',
    {
      userData: node.userData,
      says: /^fjord: FAILED \(preflight\): IPv6 is switched off in this kernel .*, or write gateway.ipv6: false$/,
    },
  ],
  [
    'package-mirror-down',
    {
      userData: node.userData,
      says: /^fjord: FAILED \(packages\): cannot install nginx: see the messages of apt-get above/,
    },
  ],
  [
    'port-443-taken',
    { userData: node.userData, says: /^fjord: FAILED \(preflight\): port 443 is taken by python3$/ },
  ],
];

describe.concurrent('a node whose boot goes wrong says why, and cloud-init says error', () => {
  for (const [fault, { userData, says }] of cases) {
    const boot = bootSoon(() => ({ name: fault, userData, faults: [fault] }));
    it(fault, async () => {
      const { steps, timedOut } = await boot();
      expect(timedOut).toBe(false);
      const said = (steps['cloud-init-output']?.stdout ?? '')
        .split('\n')
        .filter((line) => line.startsWith('fjord: '));
      expect(said.at(-1)).toMatch(says);
      expect(steps['cloud-init-status']).toMatchObject({
        exitCode: 1,
        stdout: expect.stringMatching(/^status: error$/m),
      });
      expect(steps['k3s-calls']?.stdout).toBe('');
    });
  }
});

import { describe, expect, it } from 'vitest';
import { bootPlatform } from './boot-platform.ts';
import type { StepResult } from './boot-result.ts';
import { bootSoon } from './boot-soon.ts';
import type { Fault } from './faults.ts';

const node = bootPlatform();
const withDataDisk = bootPlatform((config) => ({
  ...config,
  nodes: { 'oslo-1': { ...config.nodes['oslo-1'], dataDisk: '/dev/disk/by-id/virtio-data' } },
}));
const withAnotherDisk = bootPlatform((config) => ({
  ...config,
  nodes: { 'oslo-1': { ...config.nodes['oslo-1'], dataDisk: '/dev/disk/by-id/virtio-seed' } },
}));
const withDiskLimit = bootPlatform((config) => ({
  ...config,
  nodes: { 'oslo-1': { ...config.nodes['oslo-1'], fsyncLimit: '10ms' } },
}));
const withoutResolvers = bootPlatform((config) => ({
  ...config,
  k3s: Object.fromEntries(Object.entries(config.k3s ?? {}).filter(([key]) => key !== 'resolvers')),
}));

const ofServer = (fault: Fault | '') =>
  `curl --silent --fail 'http://10.0.2.100/from-now-on?${fault}'\n/usr/local/sbin/fjord-apply`;

/** One after another on one machine: what the server that the node takes everything from does. */
const fromServer = bootSoon(() => ({
  name: 'server-fails',
  userData: withDataDisk.userData,
  faults: ['package-mirror-down'],
  disks: ['data'],
  files: { 'without-disk.sh': node.applyScript, 'another-disk.sh': withAnotherDisk.applyScript },
  steps: {
    'status-before': 'cloud-init status --long',
    'output-before': 'cat /var/log/cloud-init-output.log',
    'k3s-calls-before': 'cat /var/log/k3s-stand-in.jsonl',
    'k3s-download-fails': ofServer('k3s-download-fails'),
    'k3s-download-hangs': ofServer('k3s-download-hangs'),
    'k3s-hash-wrong': ofServer('k3s-hash-wrong'),
    'k3s-calls-refused': 'cat /var/log/k3s-stand-in.jsonl',
    mended: ofServer(''),
    again: '/usr/local/sbin/fjord-apply',
    'without-disk': 'bash /run/boot-test/files/without-disk.sh',
  },
  afterReboot: {
    disk: `findmnt --noheadings --output LABEL,FSTYPE --mountpoint /var/lib/rancher
      ls /var/lib/rancher/k3s/server/db/state.db
      systemctl is-active k3s`,
    'disk-changed': 'bash /run/boot-test/files/another-disk.sh',
    'disk-gone': `systemctl stop k3s
      umount /var/lib/rancher
      echo 1 >"$(realpath /sys/class/block/"$(basename "$(realpath /dev/disk/by-id/virtio-data)")"/device/..)"/remove
      systemctl start --no-block k3s
      sleep 10
      systemctl is-active k3s
      ls /var/lib/rancher/k3s`,
    'disk-taken': 'bash /run/boot-test/files/another-disk.sh',
  },
  timeoutSeconds: 1500,
}));

/** One after another on one machine: what preflight finds before anything is changed. */
const atPreflight = bootSoon(() => ({
  name: 'preflight-refuses',
  userData: node.userData,
  faults: ['port-443-taken', 'disk-slow'],
  files: { 'limit.sh': withDiskLimit.applyScript, 'no-dns.sh': withoutResolvers.applyScript },
  steps: {
    'no-dns': 'systemctl stop port-443-taken\nbash /run/boot-test/files/no-dns.sh',
    'disk-slow': 'bash /run/boot-test/files/limit.sh',
  },
}));

const lastLine = (step: StepResult | undefined) =>
  `${step?.stdout}${step?.stderr}`
    .split('\n')
    .filter((line) => line.startsWith('fjord: '))
    .at(-1);

describe.concurrent('a node that something goes wrong on says why, changes nothing more, and is well once it is mended', () => {
  it('package-mirror-down, and cloud-init says error', async () => {
    const { steps, timedOut } = await fromServer();
    expect(timedOut).toBe(false);
    expect(lastLine(steps['output-before'])).toMatch(
      /^fjord: FAILED \(packages\): cannot install nginx: see the messages of apt-get above/,
    );
    expect(steps['status-before']).toMatchObject({
      exitCode: 1,
      stdout: expect.stringMatching(/^status: error$/m),
    });
    expect(steps['k3s-calls-before']?.stdout).toBe('');
  });

  it.each([
    ['k3s-download-fails', /^fjord: FAILED \(K3s\): cannot download http\S+\/k3s$/],
    ['k3s-download-hangs', /^fjord: FAILED \(K3s\): cannot download http\S+\/k3s$/],
    ['k3s-hash-wrong', /^fjord: FAILED \(K3s\): k3s has SHA-256 \w{64}, expected \w{64}$/],
  ])('%s', async (fault, says) => {
    const { steps } = await fromServer();
    expect(lastLine(steps[fault])).toMatch(says);
    expect(steps[fault]?.exitCode).toBe(1);
    expect(steps['k3s-calls-refused']?.stdout).toBe('');
  });

  it('is well when the server is', async () => {
    const { steps } = await fromServer();
    expect(lastLine(steps.mended)).toMatch(/^fjord: done: .*installed K3s v1\.36\.3\+k3s1/);
    expect(lastLine(steps.again)).toBe('fjord: done: nothing to change');
  });

  it('has the data of K3s on a disk of its own, at each boot, and does not start K3s without', async () => {
    const { steps } = await fromServer();
    expect(lastLine(steps['without-disk'])).toBe(
      'fjord: FAILED (preflight): the data of K3s is on a disk of its own: write nodes.oslo-1.dataDisk',
    );
    expect(steps.disk?.stdout).toBe('fjord-data ext4\n/var/lib/rancher/k3s/server/db/state.db\nactive\n');
    expect(lastLine(steps['disk-changed'])).toMatch(
      /^fjord: FAILED \(disk\): the data of K3s is on \/dev\/vd\w, not on \/dev\/disk\/by-id\/virtio-seed: correct/,
    );
    // It waits for the disk, and begins nothing on the system's.
    expect(steps['disk-gone']?.stdout).toBe('inactive\n');
    expect(steps['disk-gone']?.stderr).toContain('No such file');
    expect(lastLine(steps['disk-taken'])).toMatch(
      /^fjord: FAILED \(disk\): \/dev\/disk\/by-id\/virtio-seed holds something else \(/,
    );
  });

  it('port-443-taken, and cloud-init says error', async () => {
    const { steps, timedOut } = await atPreflight();
    expect(timedOut).toBe(false);
    expect(lastLine(steps['cloud-init-output'])).toBe(
      'fjord: FAILED (preflight): port 443 is taken by python3',
    );
    expect(steps['cloud-init-status']).toMatchObject({
      exitCode: 1,
      stdout: expect.stringMatching(/^status: error$/m),
    });
    expect(steps['k3s-calls']?.stdout).toBe('');
  });

  it.each([
    [
      'no-dns',
      /^fjord: FAILED \(preflight\): this machine has no DNS server that pods can reach: see \/etc\/resolv.conf, or write k3s.resolvers$/,
    ],
    ['disk-slow', /^fjord: FAILED \(preflight\): the disk: .* within \d+\.\d+ ms, .*; the limit is 10 ms$/],
  ])('%s', async (fault, says) => {
    const { steps } = await atPreflight();
    expect(lastLine(steps[fault])).toMatch(says);
    expect(steps[fault]?.exitCode).toBe(1);
  });
});

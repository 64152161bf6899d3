import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import reference from '../../platform.config.ts';
import { definePlatform } from '../../src/index.ts';
import type { EmulatedMachine } from './kubernetes/emulated-machine.ts';
import { EmulatedPlatform } from './kubernetes/emulated-platform.ts';

const two = definePlatform({
  name: 'two',
  domain: 'functions.example.no',
  nodes: {
    'node-1': { address: '10.20.0.11', role: 'server', memory: '4Gi' },
    'node-2': { address: '10.20.0.12', role: 'agent', memory: '4Gi' },
  },
  functions: {
    // A copy on each machine.
    ping: { image: 'ghcr.io/acme/ping:1.0.0', replicas: { min: 2, max: 2 } },
  },
  gateway: { tls: { issuer: 'letsencrypt', email: 'ops@example.no' } },
});

/** In milliseconds. */
const minutes = 60_000;

describe.sequential.each([
  ['one machine', reference, '/function/order-webhook'],
  ['two machines, of which the second joins', two, '/function/ping'],
])('user-data pasted into a Debian with a kernel of its own: %s', (name, config, path) => {
  let platform: EmulatedPlatform;
  beforeAll(async () => {
    platform = new EmulatedPlatform(name.replaceAll(/\W+/g, '-'), config);
    await platform.start();
  }, 45 * minutes);
  afterAll(() => platform.stop());

  it('answers 200 by https on each machine', { timeout: 10 * minutes }, async () => {
    for (const machine of platform.machines) {
      expect(await firstAnswer(platform, machine, path)).toBe('200');
      platform.say(`${machine.name} answers`);
    }
  });

  it('has each node ready and starts no container twice', async () => {
    const nodes = await platform.first.must('k3s kubectl get nodes --no-headers');
    expect(
      nodes
        .trim()
        .split('\n')
        .map((line) => line.split(/\s+/)[1]),
    ).toEqual(platform.machines.map(() => 'Ready'));
    const pods = await platform.pods();
    const restarted = pods.flatMap(({ metadata, status }) =>
      (status.containerStatuses ?? [])
        .filter(({ restartCount }) => restartCount > 0)
        .map(({ name: container }) => `${metadata.name}/${container}`),
    );
    expect(restarted).toEqual([]);
  });

  it('is under one hierarchy of cgroups, made by systemd, and sends packets of pods through vxlan', async () => {
    for (const machine of platform.machines) {
      expect(await machine.must('stat --file-system --format=%T /sys/fs/cgroup')).toBe('cgroup2fs\n');
      expect(await machine.must('ls /sys/fs/cgroup')).toContain('kubepods.slice');
      expect(await machine.must('ip --details link show flannel.1')).toContain('vxlan id 1 ');
    }
  });

  it('ends as cloud-init and the console say', async () => {
    for (const machine of platform.machines) {
      const result = JSON.parse(await machine.must('cat /run/cloud-init/result.json'));
      expect(result).toMatchObject({ v1: { errors: [] } });
      const lines = machine.console().trimEnd().split('\n');
      console.log([`${machine.name}'s console:`, ...lines.slice(-12)].join('\n'));
      expect(lines.join('\n')).toMatch(/fjord: done: /);
    }
  });
});

/** A pod is ready a moment before every packet filter leads to it, so the first answer is waited for. */
async function firstAnswer(
  platform: EmulatedPlatform,
  machine: EmulatedMachine,
  path: string,
): Promise<string> {
  const end = Date.now() + 5 * minutes;
  for (;;) {
    const answer = platform.ask(machine, path);
    if (answer === '200' || Date.now() > end) return answer;
    await wait(2000);
  }
}

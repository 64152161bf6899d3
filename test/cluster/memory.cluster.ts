import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { k3sRequests } from '../../src/platform/nodes/capacity/k3s-requests.ts';
import { reservationsOf } from '../../src/platform/nodes/capacity/reservations.ts';
import { partRequests } from '../../src/platform/openfaas/parts.ts';
import { parseMemory } from '../../src/units/amounts.ts';
import { withQueue } from '../cases/with-queue.ts';
import { measure, type Taken } from './measured.ts';
import { Running } from './running.ts';

/** Containers with a program of its maker's own; the others of OpenFaaS are stand-ins, whose memory says little. */
const real = {
  'prometheus/prometheus': partRequests.prometheus,
  'alertmanager/alertmanager': partRequests.alertmanager,
  'nats/nats': partRequests.nats,
};

const mib = 2 ** 20;

describe('memory and processor of the reference platform with a queue, as the kernel counts them', () => {
  const running = new Running(withQueue);
  const { nodes, k3s, gateway } = running.platform.platform;
  const [node] = nodes;
  if (node === undefined) throw new Error('it has no node');
  const reserved = reservationsOf(node, k3s.datastore, gateway.memoryLimit);
  let rest: ReadonlyMap<string, Taken>;
  let loaded: ReadonlyMap<string, Taken>;

  beforeAll(async () => {
    await running.start();
    while ((await running.load('/function/verify-payment', 3, 1)).lost.length > 0);
    await wait(30_000);
    rest = await measure(running, 60);
    const load = running.keepLoad('/function/verify-payment', 40);
    await wait(5000);
    loaded = await measure(running, 60);
    await load.end();
  }, 900_000);

  afterAll(async () => {
    console.log(table());
    await running.stop();
  });

  /** Requests are enough, at rest and under load. */
  it.each(Object.entries(real))('%s asks for what it takes', (name, { memory }) => {
    for (const taken of [rest.get(name), loaded.get(name)]) {
      const most = Math.max(taken?.memory ?? Number.NaN, taken?.resident ?? Number.NaN);
      expect(most / mib).toBeLessThan(parseMemory(memory) / mib);
    }
  });

  it('takes no more of the node before the first pod than is kept from pods', () => {
    const own = (
      ['k3s.service', 'systemd-journald.service', 'systemd-networkd.service', 'ssh.service'] as const
    )
      .map((unit) => loaded.get(unit)?.memory ?? 0)
      .reduce((sum, memory) => sum + memory, 0);
    expect(own / mib).toBeLessThan((reserved.kube.memory + reserved.system.memory) / mib);
  });

  it('has an nginx within its limit', () => {
    expect(loaded.get('nginx.service')?.memory ?? Number.NaN).toBeLessThan(gateway.memoryLimit);
  });

  function table(): string {
    const asked = new Map<string, { memory?: string; cpu?: string }>(requests());
    const names = [...new Set([...rest.keys(), ...loaded.keys()])].sort();
    const cells = (taken: Taken | undefined) =>
      taken === undefined
        ? '– | – | –'
        : `${(taken.memory / mib).toFixed(1)} | ${(taken.resident / mib).toFixed(0)} | ${taken.cpu.toFixed(0)}m`;
    return [
      '| what | at rest, MiB | resident | cpu | 40 calls a second, MiB | resident | cpu | asks for |',
      '|---|---:|---:|---:|---:|---:|---:|---|',
      ...names.map((name) => {
        const request = asked.get(name);
        const words = request === undefined ? '' : `${request.memory} ${request.cpu}`;
        return `| ${name} | ${cells(rest.get(name))} | ${cells(loaded.get(name))} | ${words} |`;
      }),
      `kube-reserved ${reserved.kube.memory / mib}Mi ${reserved.kube.cpu}m, system-reserved ${reserved.system.memory / mib}Mi ${reserved.system.cpu}m (nginx ${gateway.memoryLimit / mib}Mi), K3s' pods ${k3sRequests.map(({ memory }) => memory / mib).join('+')}Mi`,
    ].join('\n');
  }

  /** What each container asks for, by its pod's label and its name. */
  function requests(): [string, { memory?: string; cpu?: string }][] {
    const { items } = running.get('pods', '--all-namespaces') as {
      items: {
        metadata: { labels: Record<string, string> };
        spec: { containers: { name: string; resources: { requests?: Record<string, string> } }[] };
      }[];
    };
    return items.flatMap(({ metadata: { labels }, spec }) =>
      spec.containers.map(({ name, resources }): [string, { memory?: string; cpu?: string }] => [
        `${labels.app ?? labels.faas_function ?? labels['k8s-app']}/${name}`,
        resources.requests ?? {},
      ]),
    );
  }
});

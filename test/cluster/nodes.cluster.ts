import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import type { Machine } from '../../src/rehearse/machine.ts';
import { matrixOf } from './reach.ts';
import { type Load, Running, type RunningPod } from './running.ts';
import { restarted, unknownWarnings } from './warnings.ts';

const image = 'ghcr.io/acme/function:1.0.0';

const node = (last: number) => ({
  address: `10.20.0.${last}` as const,
  interface: 'eth0',
  memory: '4Gi' as const,
  cpus: 2,
  nginx: true,
});

const config: PlatformConfig = {
  domain: 'functions.example.no',
  nodes: {
    'oslo-1': { role: 'server', ...node(11) },
    'oslo-2': { role: 'agent', ...node(12) },
    'oslo-3': { role: 'agent', ...node(13) },
  },
  openfaas: { licence: 'personal' },
  functions: {
    pay: { image, expose: true, replicas: { min: 2, max: 2 }, timeout: '5s' },
    rates: { image, expose: true, direct: true, replicas: { min: 2, max: 2 }, timeout: '5s' },
    ledger: { image, calls: ['pay', 'rates'], timeout: '10s' },
    alone: { image, timeout: '5s' },
  },
  gateway: { rateLimit: { rate: '50r/s', burst: 50 } },
};

describe('three nodes of a real Kubernetes', () => {
  const running = new Running(config);
  let seconds = 0;
  beforeAll(async () => {
    seconds = await running.start();
  }, 900_000);
  afterAll(() => running.stop());

  const on = (name: string): RunningPod[] => running.pods().filter(({ spec }) => spec.nodeName === name);
  const placeOf = (app: string): Machine => {
    const pod = running.pods().find(({ metadata }) => metadata.labels.app === app);
    return running.machine(pod?.spec.nodeName ?? '');
  };

  it('come up from their user-data, started all at once', () => {
    console.log(`all pods of three nodes ready ${seconds.toFixed(0)} s after they were switched on`);
    const { items } = running.get('nodes') as { items: { metadata: { name: string } }[] };
    expect(items.map(({ metadata }) => metadata.name).sort()).toEqual(Object.keys(config.nodes));
    expect(restarted(running)).toEqual([]);
    expect(unknownWarnings(running, 'first start')).toEqual([]);
  });

  it('have no two copies of a function on one node once they were started with all nodes there', () => {
    // Kubernetes looks at nodes when a pod starts, and moves none later: the first ones are where the first node was.
    const before = running.pods().map(({ metadata, spec }) => `${metadata.name} ${spec.nodeName}`);
    console.log(`after the first boot: ${before.join(', ')}`);
    for (const namespace of ['openfaas-fn', 'openfaas']) {
      running.must('--namespace', namespace, 'rollout', 'restart', 'deployment');
      for (const { metadata } of deployments(namespace)) {
        const status = ['rollout', 'status', 'deployment', metadata.name, '--timeout=240s'];
        running.must('--namespace', namespace, ...status);
      }
    }
    for (const name of ['pay', 'rates']) {
      const copies = running.pods().filter(({ metadata }) => metadata.labels.faas_function === name);
      expect([name, new Set(copies.map(({ spec }) => spec.nodeName)).size]).toEqual([name, 2]);
    }
  });

  it('answer at each address, wherever the gateway and the function are', async () => {
    for (const machine of running.machines) {
      for (const name of ['pay', 'rates', 'ledger', 'alone']) {
        await answered(name, machine);
      }
    }
  });

  it('let exactly those reach each other that verify computes', async () => {
    const began = Date.now();
    const { tried, computed, table } = await matrixOf(running);
    console.log(`${table}\n${tried.length} pairs in ${((Date.now() - began) / 1000).toFixed(0)} s`);
    expect(tried).toEqual(computed);
    expect(tried.length).toBeGreaterThan(500);
  });

  it('lose no call when an agent drains itself for a reboot, and use it again', async () => {
    await gatewayOnAgent();
    const leaving = placeOf('gateway');
    const before = on(leaving.name).map(({ metadata }) => metadata.name);
    const loads = under(['pay', 'rates', 'alone'], 150);
    const began = Date.now();
    // As a shutdown does it, before anything else.
    const { status } = await leaving.runSoon('systemctl', ['stop', 'fjord-drain']);
    expect(status).toBe(0);
    console.log(`${leaving.name}, with ${before.join(', ')}, is drained after ${since(began)} s`);
    const left = on(leaving.name).map(({ metadata }) => metadata.name);
    await leaving.reboot();
    console.log(`and has rebooted after ${since(began)} s`);
    await running.first.until('the node again', 180, () => isReady(leaving));
    console.log(`and takes pods again after ${since(began)} s`);
    const [pay, rates, alone] = await loads;
    tell({ pay, rates, alone });
    expect(left).toEqual([]);
    expect([pay?.lost, rates?.lost]).toEqual([[], []]);
    expect(placeOf('gateway').name).not.toBe(leaving.name);
    await running.allReady();
    await answered('pay', leaving);
  });

  it('are back in a bound when an agent is lost, and use it when it is back', async () => {
    await gatewayOnAgent();
    const lost = placeOf('gateway');
    const before = on(lost.name).map(({ metadata }) => metadata.name);
    const loads = under(['pay', 'rates', 'alone'], 200);
    await wait(10_000);
    await lost.cutPower();
    console.log(`${lost.name} is lost, with ${before.join(', ')}`);
    const answers = await loads;
    tell(Object.fromEntries(['pay', 'rates', 'alone'].map((name, index) => [name, answers[index]])));
    for (const answer of answers) expect(answer.away).toBeLessThan(150);
    await lost.start();
    await running.first.until('the node again', 180, () => isReady(lost));
    await running.allReady();
    await answered('pay', lost);
    const { sent, results } = await running.load('/function/pay', 20, 10, { through: lost });
    expect(results).toEqual({ 200: sent });
  });

  function deployments(namespace: string): { metadata: { name: string } }[] {
    const { items } = running.get('deployments', '--namespace', namespace) as {
      items: { metadata: { name: string } }[];
    };
    return items;
  }

  /** By a server that takes no pods for a moment. */
  async function gatewayOnAgent(): Promise<void> {
    if (placeOf('gateway').name !== running.first.name) return;
    running.must('cordon', running.first.name);
    running.must('--namespace', 'openfaas', 'rollout', 'restart', 'deployment', 'gateway');
    running.must('--namespace', 'openfaas', 'rollout', 'status', 'deployment', 'gateway', '--timeout=180s');
    running.must('uncordon', running.first.name);
    await running.allReady();
    await answered('pay');
  }

  /** A pod is ready a moment before every packet filter leads to it, so the first answers are waited for. */
  async function answered(name: string, machine = running.first): Promise<void> {
    for (let tries = 1; tries < 20; tries += 1) {
      if ((await running.load(`/function/${name}`, 3, 1, { through: machine })).lost.length === 0) return;
    }
    throw new Error(`${machine.name}: ${name} does not answer`);
  }

  /** The first function is called most. */
  function under(names: readonly string[], duration: number): Promise<Load[]> {
    return Promise.all(
      names.map((name, index) => running.load(`/function/${name}`, index === 0 ? 20 : 5, duration)),
    );
  }

  function isReady({ name }: Machine): boolean {
    const { status, stdout } = running.first.kubectl('get', 'node', name, '--output', 'json');
    if (status !== 0) return false;
    const { spec, status: state } = JSON.parse(stdout) as {
      spec: { unschedulable?: boolean };
      status: { conditions: { type: string; status: string }[] };
    };
    const ready = state.conditions.some((one) => one.type === 'Ready' && one.status === 'True');
    return ready && spec.unschedulable !== true;
  }
});

function tell(loads: Readonly<Record<string, Load | undefined>>): void {
  for (const [name, load] of Object.entries(loads)) {
    if (load === undefined) continue;
    const { sent, results, away, lost } = load;
    const first = lost.map(([at, what]) => `${what} at ${at} s`).slice(0, 5);
    console.log(
      `${name}: ${sent} calls, ${sent - (results[200] ?? 0)} lost, away ${away.toFixed(1)} s`,
      results,
      first.join(', '),
    );
  }
}

function since(began: number): number {
  return Math.round((Date.now() - began) / 1000);
}

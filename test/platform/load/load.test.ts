import { describe, expect, it } from 'vitest';
import type { FunctionConfig } from '../../../src/config/functions/function.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { capacityOf } from '../../../src/platform/load/capacity-report.ts';
import { ceilingsOf } from '../../../src/platform/load/ceilings.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { platformWith } from '../edit.ts';

const image = 'ghcr.io/acme/pay:1';

/**
 * A node whose processors are counted by hand: 4,000 thousandths, of which the system keeps 100 and K3s 300, CoreDNS and
 * metrics-server ask for 100 each, the gateway and its provider for 100 each, Prometheus for 100 and Alertmanager for 50. 3,050 are left.
 */
const node = { memory: '16Gi', cpus: 4 } as const;

function config(pay: Partial<FunctionConfig>, changes: Partial<PlatformConfig> = {}): PlatformConfig {
  return platformWith({ nodes: { 'oslo-1': node }, functions: { pay: { image, ...pay } }, ...changes });
}

function platformOf(written: PlatformConfig) {
  const [platform, diagnostics] = resolve(written);
  if (platform === undefined) throw new Error(JSON.stringify(diagnostics));
  return platform;
}

const ceilings = (written: PlatformConfig) =>
  Object.fromEntries(ceilingsOf(platformOf(written)).map(({ kind, ...rest }) => [kind, rest]));

const reported = (written: PlatformConfig) =>
  resolve(written)[1].map(({ severity, code, path }) => `${severity} ${code} ${path.slice(2).join('.')}`);

const traffic = { calls: 20_000_000, duration: '200ms', peak: '50r/s', cpuTime: '20ms' } as const;

describe("Little's law", () => {
  it('gives the calls under way, and the busy processors', () => {
    const { functions } = capacityOf(platformOf(config({ traffic })));
    // 50 calls a second of 0.2 s: 10 under way. Of 0.02 s: 1 processor.
    expect(functions[0]).toMatchObject({ underWay: 10, processors: 1, peak: 50, peakKnown: true });
  });

  it('takes the average of the month where there is no peak', () => {
    const { peak: _, ...without } = traffic;
    const { functions } = capacityOf(platformOf(config({ traffic: without })));
    expect(functions[0]?.peak).toBeCloseTo(20_000_000 / 2_628_000, 9);
    expect(functions[0]?.peakKnown).toBe(false);
  });
});

describe('a ceiling', () => {
  it("is the nodes' processors without what is not for functions", () => {
    const { processors } = ceilings(config({ traffic }));
    expect(processors?.limit).toBeCloseTo(3.05, 9);
    // One processor, and 61 µs of nginx for each of 50 calls.
    expect(processors?.asked).toBeCloseTo(1 + 50 * 61e-6, 9);
    expect(processors?.times).toBeCloseTo(3.05 / 1.00305, 9);
  });

  it('counts only nodes that take pods', () => {
    const nodes: PlatformConfig['nodes'] = {
      a: { ...node, role: 'server', address: '10.0.0.1', taints: ['dedicated=system:NoSchedule'] },
      b: { ...node, role: 'agent', address: '10.0.0.2' },
    };
    // An agent keeps 100 for the system and 100 for K3s. nginx runs on the server only, so it takes nothing here.
    const { processors } = ceilings(config({ traffic }, { nodes }));
    expect(processors?.limit).toBeCloseTo((3800 - 550) / 1000, 9);
    expect(processors?.asked).toBeCloseTo(1, 9);
  });

  it('is the calls that the copies take, of those that there is room for', () => {
    const few = { traffic, concurrency: 4, replicas: { max: 3 } };
    expect(ceilings(config(few)).copies).toMatchObject({ asked: 10, limit: 12, known: true });
    // A copy asks for 1 processor: 3,050 thousandths have room for 3 copies of the 5.
    const wide = { traffic, concurrency: 4, cpu: { request: '1' } };
    expect(ceilings(config(wide)).copies?.limit).toBe(12);
    expect(capacityOf(platformOf(config(wide))).functions[0]?.copies).toEqual({
      min: 1,
      max: 5,
      room: 3,
      concurrency: 4,
    });
    expect(ceilings(config({ traffic })).copies).toBeUndefined();
  });

  it('is what the copies may use of processors', () => {
    const bounded = { traffic, cpu: { limit: '500m' } };
    expect(ceilings(config(bounded))['copy-processors']).toMatchObject({ asked: 1, limit: 2.5 });
  });

  it('is what nginx has under way, of functions that are called through it', () => {
    const gateway = { requests: 200 };
    expect(ceilings(config({ traffic }, { gateway })).gateway).toMatchObject({
      asked: 10,
      limit: 200,
      times: 20,
    });
    expect(ceilings(config({ traffic, expose: false }, { gateway })).gateway).toBeUndefined();
  });

  it("is what nginx allows the clients, by the function's own limit", () => {
    const few = { traffic: { ...traffic, clients: 3 } };
    const gateway = { connectionLimit: 5 };
    const found = ceilings(config(few, { gateway }));
    expect(found['client-rate']).toMatchObject({ asked: 50, limit: 30 });
    expect(found['client-connections']).toMatchObject({ asked: 10, limit: 15 });
    const own = { ...few, http: { rateLimit: { rate: '1200r/m' } } } as const;
    expect(ceilings(config(own, { gateway }))['client-rate']?.limit).toBe(60);
    expect(ceilings(config(few, { gateway: { exempt: ['192.0.2.0/24'] } }))['client-rate']).toBeUndefined();
  });

  it('is only the most that is asked, where processor time is not known', () => {
    const { cpuTime: _, ...without } = traffic;
    expect(ceilings(config({ traffic: without })).processors).toMatchObject({ known: false });
  });

  it('that is reached first comes first', () => {
    const { ceilings: sorted } = capacityOf(platformOf(config({ traffic: { ...traffic, clients: 6 } })));
    expect(sorted.map(({ times }) => times)).toEqual(
      sorted.map(({ times }) => times).toSorted((a, b) => a - b),
    );
    expect(sorted[0]).toMatchObject({ kind: 'client-rate', times: 60 / 50 });
  });
});

describe('traffic that cannot be carried', () => {
  const cases: [string, Partial<FunctionConfig>, Partial<PlatformConfig>, string[]][] = [
    ['fits', { traffic }, {}, []],
    [
      'has too few copies',
      { traffic, concurrency: 1 },
      {},
      ['warning resolve/traffic-over-copies traffic.peak'],
    ],
    [
      'has copies with too little',
      { traffic, cpu: { limit: '100m' } },
      {},
      ['warning resolve/traffic-over-copy-processors traffic.peak'],
    ],
    [
      'needs more processors',
      { traffic: { ...traffic, peak: '200r/s' } },
      {},
      ['warning resolve/traffic-over-processors traffic.peak'],
    ],
    [
      'needs more processors, perhaps',
      { traffic: { calls: 20_000_000, duration: '200ms', peak: '200r/s' } },
      {},
      [],
    ],
    [
      'is more than nginx has under way',
      { traffic: { ...traffic, duration: '20s' } },
      { gateway: { requests: 900 } },
      ['warning resolve/traffic-over-gateway traffic.peak'],
    ],
    [
      'is more than clients may send',
      { traffic: { ...traffic, clients: 4 } },
      {},
      ['warning resolve/traffic-over-rate-limit traffic.peak'],
    ],
    [
      'is more than clients may have under way',
      { traffic: { ...traffic, clients: 5 } },
      { gateway: { connectionLimit: 1 } },
      ['warning resolve/traffic-over-connections traffic.peak'],
    ],
    [
      'is more on average already',
      { traffic: { calls: 100_000_000, duration: '200ms', clients: 1 } },
      {},
      ['warning resolve/traffic-over-rate-limit traffic.calls'],
    ],
  ];
  it.each(cases)('%s', (_, pay, changes, expected) => {
    expect(reported(config(pay, changes))).toEqual(expected);
  });

  it.each<[Partial<FunctionConfig>, string]>([
    [{ replicas: { max: 2 } }, 'raise functions.pay.replicas.max or its concurrency'],
    [{}, 'raise functions.pay.concurrency; the community edition runs no more than 5 copies'],
    [
      { cpu: { request: '1' }, replicas: { max: 4 } },
      'add memory or processors: there is only room for 3 of its 4 copies',
    ],
  ])('has a way out that works: %j', (pay, hint) => {
    const found = resolve(config({ traffic, concurrency: 1, ...pay }))[1];
    expect(found.find(({ code }) => code === 'resolve/traffic-over-copies')?.hint).toBe(hint);
  });

  it('is reported at the function that asks for most', () => {
    const functions = {
      small: { image, traffic: { ...traffic, peak: '30r/s' } },
      wide: { image, traffic: { ...traffic, peak: '180r/s' } },
    } as const;
    const [found] = resolve(config({}, { functions }))[1];
    expect(found?.path).toEqual(['functions', 'wide', 'traffic', 'peak']);
    expect(found?.message).toBe(
      'the declared peaks keep 4.21 processors busy, but the nodes have 3.05 for functions',
    );
  });
});

describe('the usual comparison', () => {
  it('is filled in from the config, or says what is missing', () => {
    const { table } = capacityOf(
      platformOf(
        config(
          { timeout: '90s', disk: '2Gi' },
          { nodes: { a: { price: { amount: 125, currency: 'NOK', vatIncluded: 25 } } } },
        ),
      ),
    );
    expect(table.map(({ metric, how, value }) => [metric, how, value])).toEqual([
      ['cold start', 'computed', 'none: each function always has a copy that runs'],
      ['cost', 'computed', '100.00 NOK a month, whatever is called'],
      ['execution limit', 'computed', '90 s (pay), as you set it; what stops waits 20 min at most'],
      ['disk', 'not measured', "2Gi a copy on the node's own disk; its speed is not in the config"],
    ]);
    const bare = capacityOf(platformOf(config({}))).table;
    expect(bare.find(({ metric }) => metric === 'cost')).toMatchObject({ how: 'not declared' });
  });

  it('has a cold start where no copy runs', () => {
    const pro = config({ replicas: { min: 0, max: 2 } }, { openfaas: { edition: 'pro' } });
    const [row] = capacityOf(platformOf(pro)).table;
    expect(row).toMatchObject({ metric: 'cold start', how: 'not measured' });
  });
});

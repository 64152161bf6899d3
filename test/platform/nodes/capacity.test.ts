import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { nodeRooms, smallestSize } from '../../../src/platform/nodes/capacity/capacity.ts';
import { firstFitDecreasing } from '../../../src/platform/nodes/capacity/packing.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { functionWith, platformWith } from '../edit.ts';

function reported(config: PlatformConfig): string[] {
  return resolve(config)[1].map(({ severity, code, path }) => `${severity} ${code} ${path.join('.')}`);
}

const image = 'ghcr.io/acme/pay:1';
const memory = (request: string) => ({ request, limit: request });
const one = (size: PlatformConfig['nodes'][string], pay: object = {}): PlatformConfig => ({
  ...functionWith(pay),
  nodes: { 'node-1': size },
});
const server = { role: 'server', address: '10.0.0.1' } as const;
const agent = (last: number, size = '4Gi') =>
  ({ role: 'agent', address: `10.0.0.${last}`, memory: size, cpus: 2 }) as const;
const three = (size: string) => ({
  a: { ...server, memory: size },
  b: { ...server, address: '10.0.0.2', memory: size },
  c: { ...server, address: '10.0.0.3', memory: size },
});

const cases: [string, PlatformConfig, string[]][] = [
  ['the defaults', one({}), []],
  [
    'a machine without room for K3s',
    one({ memory: '1Gi' }),
    ['error resolve/node-over-reserved nodes.node-1.memory'],
  ],
  [
    'the machine of 1.8 GiB that was let in before',
    one({ memory: '1800Mi' }),
    ['error resolve/pods-over-nodes nodes.node-1.memory'],
  ],
  ['one processor', one({ cpus: 1 }), ['error resolve/pods-over-nodes nodes.node-1.cpus']],
  [
    'a copy of 64 GiB',
    one({}, { memory: memory('64Gi') }),
    ['error resolve/pod-over-nodes functions.pay.memory.request'],
  ],
  [
    'a copy of eight processors',
    one({}, { cpu: { request: '8' } }),
    ['error resolve/pod-over-nodes functions.pay.cpu.request'],
  ],
  [
    'copies that fit one by one and not together',
    one({}, { replicas: { min: 4 }, memory: memory('512Mi') }),
    ['error resolve/pods-over-nodes nodes.node-1'],
  ],
  [
    'everything, but no room for the copy that an update starts',
    one({}, { memory: memory('512Mi') }),
    ['error resolve/pods-over-nodes nodes.node-1'],
  ],
  [
    'more copies under load than there is room for',
    one({}, { replicas: { max: 5 }, memory: memory('200Mi') }),
    ['warning resolve/copies-over-nodes functions.pay.replicas.max'],
  ],
  ['a default max that is more', one({}, { memory: memory('200Mi') }), []],
  ['a taint that only discourages', one({ taints: ['example.no/batch:PreferNoSchedule'] }), []],
  [
    'room on a node that takes no pods',
    platformWith({
      nodes: { a: server, b: { ...agent(2, '64Gi'), taints: ['gpu:NoExecute'] } },
      functions: { pay: { image, replicas: { min: 4 }, memory: memory('512Mi') } },
    }),
    ['error resolve/pods-over-nodes nodes'],
  ],
  ['three servers of which one may go', platformWith({ nodes: three('4Gi') }), []],
  [
    'three servers of which none may go',
    platformWith({
      nodes: three('4Gi'),
      functions: { pay: { image, replicas: { min: 5 }, memory: memory('480Mi') } },
    }),
    ['warning resolve/pods-over-rest nodes.a'],
  ],
  [
    'an agent that may go, and a server that has nobody to take its place anyway',
    platformWith({
      nodes: { a: { ...server, memory: '8Gi' }, b: agent(2, '1Gi') },
      functions: { pay: { image, replicas: { min: 4 }, memory: memory('512Mi') } },
    }),
    [],
  ],
  [
    'three halves of two nodes',
    platformWith({
      nodes: { a: { ...server, memory: '4Gi' }, b: agent(2, '2Gi'), c: agent(3, '2Gi') },
      functions: { pay: { image, replicas: { min: 3 }, memory: memory('870Mi') } },
    }),
    ['warning resolve/pods-not-packed nodes'],
  ],
];

describe('pods that always run', () => {
  it.each(cases)('%s', (_, config, codes) => expect(reported(config)).toEqual(codes));

  it('say what is asked, what is there, and which function asks for most', () => {
    const [, [diagnostic]] = resolve(
      platformWith({
        functions: {
          small: { image },
          large: { image, replicas: { min: 3 }, memory: memory('400Mi') },
        },
      }),
    );
    expect(diagnostic?.message).toBe(
      'the pods that always run ask for 2,340 MiB of memory during an update, and nodes have 1,530 MiB for pods',
    );
    expect(diagnostic?.hint).toMatch(
      /^write nodes\.node-1\.memory: '\d+Mi' .*'large' asks for most: 1,200 MiB$/,
    );
  });

  it('count the queue, and the parts that are left out', () => {
    const asks = (config: PlatformConfig) => {
      const [platform] = resolve(config);
      return platform && smallestSize(platform).memory;
    };
    const [quiet = 0, usual = 0, queue = 0] = [
      asks({ ...one({}), openfaas: { licence: 'personal', autoscaling: false } }),
      asks(one({})),
      asks(one({}, { async: true })),
    ];
    // 0.9 of a plan is counted, and nginx gets a quarter.
    expect((usual - quiet) * 0.65).toBeCloseTo(40, -1);
    expect((queue - usual) * 0.65).toBeCloseTo(240, -1);
  });
});

describe('the smallest machine', () => {
  const [platform] = resolve(one({}));
  const { memory: mebibytes, cpus } = platform ? smallestSize(platform) : { memory: 0, cpus: 0 };

  it('is one that compiles, and the next smaller one is refused with its number', () => {
    expect(reported(one({ memory: `${mebibytes}Mi`, cpus }))).toEqual([]);
    const [, [less]] = resolve(one({ memory: `${mebibytes - 1}Mi`, cpus }));
    expect(less?.hint).toContain(`nodes.node-1.memory: '${mebibytes}Mi'`);
    expect(reported(one({ cpus: cpus - 1 }))).toEqual(['error resolve/pods-over-nodes nodes.node-1.cpus']);
  });

  it('is what README and docs/nodes.md say', () => {
    for (const page of ['README.md', 'docs/nodes.md']) {
      const text = readFileSync(new URL(`../../../${page}`, import.meta.url), 'utf8').replace(/\s+/g, ' ');
      expect(text, page).toContain(`${cpus} processors and ${mebibytes.toLocaleString('en')} MiB`);
    }
  });
});

it('a node has for pods what its size leaves', () => {
  const [platform] = resolve(one({ memory: '8Gi' }));
  // 7,372 counted, 1,792 for nginx, 128 + 1,160 for the system and K3s, 100 for eviction.
  expect(platform && nodeRooms(platform).map(({ room }) => [room.memory / 2 ** 20, room.cpu])).toEqual([
    [4192, 1600],
  ]);
});

it('places large pods first, and names those that are left', () => {
  const pod = (memory: number, cpu = 1) => ({ request: { memory, cpu } });
  const nodes = [10, 10].map((memory) => ({ memory, cpu: 10 }));
  expect(firstFitDecreasing([pod(4), pod(4), pod(6), pod(6)], nodes)).toEqual([]);
  expect(firstFitDecreasing([pod(6), pod(6), pod(6)], nodes)).toEqual([pod(6)]);
  expect(firstFitDecreasing([pod(1, 6), pod(1, 6), pod(1, 6)], nodes)).toEqual([pod(1, 6)]);
});

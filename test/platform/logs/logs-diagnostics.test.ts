import { describe, expect, it } from 'vitest';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { resolve } from '../../../src/platform/resolve.ts';

const smallest: PlatformConfig = {
  domain: 'functions.example.no',
  nodes: { 'oslo-1': {} },
  openfaas: { licence: 'personal' },
  functions: { pay: { image: 'ghcr.io/acme/pay:1' } },
};

const cases: [string, Partial<PlatformConfig>, string[]][] = [
  [
    'a log that a flood fills between two looks',
    { logs: { nginx: '100m' } },
    ['resolve/nginx-log-too-small logs.nginx'],
  ],
  ['a journal of a file', { logs: { journal: '8m' } }, ['resolve/journal-too-small logs.journal']],
  [
    'logs that the disk does not bear',
    { nodes: { 'oslo-1': { disk: '5Gi' } } },
    ['resolve/logs-over-disk nodes.oslo-1.disk'],
  ],
  ['logs that it bears', { nodes: { 'oslo-1': { disk: '20Gi' } } }, []],
  [
    'an agent with nginx and the least memory that K3s asks for',
    {
      nodes: {
        'oslo-1': { role: 'server', address: '10.0.0.1' },
        'oslo-2': { role: 'agent', address: '10.0.0.2', nginx: true, memory: '512Mi' },
      },
    },
    ['resolve/gateway-over-memory nodes.oslo-2'],
  ],
];

describe('logs and memory that a node cannot bear', () => {
  it.each(cases)('%s', (_, part, codes) => {
    const [, diagnostics] = resolve({ ...smallest, ...part });
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual(codes);
  });

  it('follows from the memory of the smallest node with nginx', () => {
    const sizes = ['4Gi', '8Gi', '24Gi'].map((memory) => {
      const [platform] = resolve({ ...smallest, nodes: { 'oslo-1': { memory } } });
      const { connections = 0, requests = 0, worstMemory = 0, memoryLimit = 0 } = platform?.gateway ?? {};
      expect(worstMemory).toBeLessThanOrEqual(0.75 * memoryLimit);
      return [memory, connections, requests, memoryLimit / 1024 ** 2];
    });
    expect(sizes).toEqual([
      ['4Gi', 1344, 305, 768],
      ['8Gi', 3264, 754, 1792],
      ['24Gi', 8192, 2814, 5888],
    ]);
  });
});

import { expect, it } from 'vitest';
import { cdns } from '../../../src/platform/gateway/cdns.ts';
import { diagnoseTrusted } from '../../../src/platform/gateway/networks.ts';

it.each(Object.entries(cdns))(
  'the networks of %s are networks of both families, each once',
  (_, { networks }) => {
    expect(diagnoseTrusted(networks, [], [])).toEqual([]);
    expect(new Set(networks).size).toBe(networks.length);
    expect(networks.some((network) => network.includes(':'))).toBe(true);
    expect(networks.some((network) => network.includes('.'))).toBe(true);
  },
);

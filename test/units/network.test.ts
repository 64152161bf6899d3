import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  containsNetwork,
  type Network,
  networksMeet,
  networkWithout,
  parseNetwork,
  printNetwork,
} from '../../src/units/network.ts';

function network(text: string): Network {
  const parsed = parseNetwork(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
}

function left(text: string, ...taken: string[]): string[] {
  return networkWithout(network(text), taken.map(network)).map(printNetwork);
}

describe('networks', () => {
  it.each([
    ['10.1.2.3', '10.1.2.3/32'],
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['::1', '::1/128'],
    ['2001:db8::1/32', '2001:db8::/32'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['::/0', '::/0'],
  ])('%s is %s', (text, printed) => expect(printNetwork(network(text))).toBe(printed));

  it.each(['', 'all', '10.0.0.0/33', '::/129', 'unix:', '10.0.0.0/'])('%j is not a network', (text) =>
    expect(parseNetwork(text)).toBeUndefined(),
  );

  it('contain each other or are separate', () => {
    expect(containsNetwork(network('10.0.0.0/8'), network('10.42.0.0/16'))).toBe(true);
    expect(containsNetwork(network('10.42.0.0/16'), network('10.0.0.0/8'))).toBe(false);
    expect(networksMeet(network('10.42.0.0/16'), network('10.0.0.0/8'))).toBe(true);
    expect(networksMeet(network('10.42.0.0/16'), network('10.43.0.0/16'))).toBe(false);
    expect(networksMeet(network('0.0.0.0/0'), network('::/0'))).toBe(false);
  });
});

describe('a network without others', () => {
  it.each([
    ['10.0.0.0/8', ['192.0.2.0/24'], ['10.0.0.0/8']],
    ['10.42.3.0/24', ['10.42.0.0/16'], []],
    ['10.42.0.0/15', ['10.42.0.0/16'], ['10.43.0.0/16']],
    ['10.0.0.0/30', ['10.0.0.1/32'], ['10.0.0.0/32', '10.0.0.2/31']],
    [
      '10.0.0.0/8',
      ['10.42.0.0/16'],
      [
        '10.0.0.0/11',
        '10.32.0.0/13',
        '10.40.0.0/15',
        '10.43.0.0/16',
        '10.44.0.0/14',
        '10.48.0.0/12',
        '10.64.0.0/10',
        '10.128.0.0/9',
      ],
    ],
    ['fd00:42::/31', ['fd00:42::/32'], ['fd00:43::/32']],
  ])('%s without %j', (from, taken, expected) => expect(left(from, ...taken)).toEqual(expected));

  it('has exactly its addresses that are not in the others, each once', () => {
    const small = fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 }));
    fc.assert(
      fc.property(small, fc.array(small, { maxLength: 5 }), (from, taken) => {
        const [whole, ...others] = [from, ...taken].map(([last, prefix]) =>
          network(`10.0.0.${last}/${prefix}`),
        );
        if (whole === undefined) throw new Error('nothing');
        const rest = networkWithout(whole, others);
        for (let last = 0; last < 256; last++) {
          const address = network(`10.0.0.${last}`);
          const meant =
            containsNetwork(whole, address) && !others.some((other) => containsNetwork(other, address));
          expect(rest.filter((one) => containsNetwork(one, address)).length).toBe(meant ? 1 : 0);
        }
      }),
      { numRuns: 200 },
    );
  });
});

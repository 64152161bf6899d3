import { containsNetwork, lastOf, type Network, parseNetwork, printAddress } from '../../units/network.ts';
import type { Firewall } from './firewall.ts';

/** The addresses at which rules about what passes begin and end, and those just beside. */
export function edgesOf({ chains }: Firewall): string[] {
  const texts = chains
    .filter(({ hook }) => hook !== 'input')
    .flatMap(({ rules }) =>
      rules.flatMap(({ from = [], to = [], nextHop }) => [...from, ...to, ...(nextHop?.of ?? [])]),
    );
  const ranges = [...new Set(texts)].flatMap((text) => parseNetwork(text) ?? []);
  return [...new Set(ranges.flatMap(edges))];
}

function edges(network: Network): string[] {
  const { bits, first } = network;
  const last = lastOf(network);
  return [first - 1n, first, last, last + 1n].flatMap((number) => printAddress(bits, number) ?? []);
}

/** The ends of ranges, and every edge inside. */
export function pointsIn(ranges: readonly string[], all: readonly string[]): string[] {
  return ranges.flatMap((text) => {
    const range = parseNetwork(text);
    if (range === undefined) return [];
    const ends = [range.first, lastOf(range)].flatMap((number) => printAddress(range.bits, number) ?? []);
    return [...new Set([...ends, ...all.filter((address) => isIn(address, text))])];
  });
}

export function isIn(address: string, network: string): boolean {
  const [inner, outer] = [parseNetwork(address), parseNetwork(network)];
  return inner !== undefined && outer !== undefined && containsNetwork(outer, inner);
}

export function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}

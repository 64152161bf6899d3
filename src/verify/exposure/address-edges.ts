import { type AddressRange, addressText, contains, parseAddressRange } from '../../units/address-range.ts';
import type { Firewall } from './firewall.ts';

/** The addresses at which rules about what passes begin and end, and those just beside. */
export function edgesOf({ chains }: Firewall): string[] {
  const texts = chains
    .filter(({ hook }) => hook !== 'input')
    .flatMap(({ rules }) =>
      rules.flatMap(({ from = [], to = [], nextHop }) => [...from, ...to, ...(nextHop?.of ?? [])]),
    );
  const ranges = [...new Set(texts)].flatMap((text) => parseAddressRange(text) ?? []);
  return [...new Set(ranges.flatMap(edges))];
}

function edges({ family, first, last }: AddressRange): string[] {
  return [first - 1n, first, last, last + 1n].flatMap((number) => addressText(family, number) ?? []);
}

/** The ends of ranges, and every edge inside. */
export function pointsIn(ranges: readonly string[], all: readonly string[]): string[] {
  return ranges.flatMap((text) => {
    const range = parseAddressRange(text);
    if (range === undefined) return [];
    const ends = [range.first, range.last].flatMap((number) => addressText(range.family, number) ?? []);
    return [...new Set([...ends, ...all.filter((address) => isIn(address, text))])];
  });
}

export function isIn(address: string, network: string): boolean {
  const [inner, outer] = [parseAddressRange(address), parseAddressRange(network)];
  return inner !== undefined && outer !== undefined && contains(outer, inner);
}

export function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}

import ipaddr from 'ipaddr.js';

/** A range of IPv6 addresses as numbers. */
export interface Range6 {
  readonly cidr: string;
  readonly first: bigint;
  readonly prefix: number;
}

/** The range of an `Ipv6Cidr`, or undefined for one that only looks like it: too many groups, `::` twice. */
export function parseCidr6(cidr: string): Range6 | undefined {
  const [address = '', length] = cidr.split('/');
  const number = addressNumber6(address);
  if (number === undefined) return undefined;
  const prefix = Number(length);
  const size = 1n << BigInt(128 - prefix);
  return { cidr, first: (number / size) * size, prefix };
}

/** The address as a number, or undefined for a text that is none. */
export function addressNumber6(address: string): bigint | undefined {
  if (!ipaddr.IPv6.isValid(address)) return undefined;
  return ipaddr.IPv6.parse(address)
    .toByteArray()
    .reduce((number, byte) => number * 256n + BigInt(byte), 0n);
}

export function overlaps6(a: Range6, b: Range6): boolean {
  const prefix = BigInt(128 - Math.min(a.prefix, b.prefix));
  return a.first >> prefix === b.first >> prefix;
}

/** Whether the addresses are of those that no one routes on the internet (fc00::/7). */
export function isUniqueLocal(range: Range6): boolean {
  return range.first >> 121n === 0b1111110n;
}

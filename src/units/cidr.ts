import ipaddr from 'ipaddr.js';

/** A range of IPv4 addresses as numbers. */
export interface Range {
  /** As written, `10.43.0.0/16`. */
  readonly cidr: string;
  readonly first: number;
  /** How many addresses it has. */
  readonly size: number;
}

/** The range of a checked `Ipv4Cidr`. Bits below the mask are ignored, as Kubernetes does. */
export function parseCidr(cidr: string): Range {
  const [address, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  const size = 2 ** (32 - prefix);
  return { cidr, first: Math.floor(addressNumber(address.toString()) / size) * size, size };
}

function addressNumber(address: string): number {
  return ipaddr.IPv4.parse(address).octets.reduce((number, octet) => number * 256 + octet, 0);
}

/** The address at an offset from the start of a range: the 80th of `10.43.0.0/16` is `10.43.0.80`. */
export function addressAt(range: Range, offset: number): string {
  const number = range.first + offset;
  return [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join('.');
}

/** How far into the range an address lies, or `undefined` outside of it. */
export function offsetIn(range: Range, address: string): number | undefined {
  const offset = addressNumber(address) - range.first;
  return offset >= 0 && offset < range.size ? offset : undefined;
}

export function overlaps(a: Range, b: Range): boolean {
  return a.first < b.first + b.size && b.first < a.first + a.size;
}

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

/** Whether an IPv4 address is only reachable within a network of its own: private, or of a carrier's NAT. */
export function isPrivateAddress(address: string): boolean {
  return ['private', 'carrierGradeNat'].includes(ipaddr.IPv4.parse(address).range());
}

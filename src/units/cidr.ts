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

export function addressNumber(address: string): number {
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

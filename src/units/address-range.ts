import ipaddr from 'ipaddr.js';

/** A range of IPv4 or IPv6 addresses as numbers. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** The range of one address or of a network in CIDR notation; undefined for a text that is neither. */
export function parseAddressRange(text: string): AddressRange | undefined {
  const [address = '', length] = text.split('/');
  if (!(length === undefined ? ipaddr.isValid(address) : ipaddr.isValidCIDR(text))) return undefined;
  const bytes = ipaddr.parse(address).toByteArray();
  const bits = bytes.length * 8;
  const size = 1n << BigInt(bits - Number(length ?? bits));
  const number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const first = (number / size) * size;
  return { family: bytes.length === 4 ? 4 : 6, first, last: first + size - 1n };
}

/** Whether all of `inner` is in `outer`. */
export function contains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** The networks in their order, without those that lie in another one: nft refuses a set whose elements overlap. */
export function withoutContained(networks: readonly string[]): string[] {
  const ranges = networks.flatMap((network) => {
    const range = parseAddressRange(network);
    return range === undefined ? [] : [{ network, range }];
  });
  return ranges
    .filter(
      ({ range }, index) =>
        !ranges.some(
          (other, place) =>
            place !== index &&
            contains(other.range, range) &&
            (place < index || !contains(range, other.range)),
        ),
    )
    .map(({ network }) => network);
}

/** The address of a number; undefined for one that the family does not have. */
export function addressText(family: 4 | 6, number: bigint): string | undefined {
  const bytes = family === 4 ? 4 : 16;
  if (number < 0n || number >= 1n << BigInt(bytes * 8)) return undefined;
  return ipaddr
    .fromByteArray(
      Array.from({ length: bytes }, (_, index) => Number((number >> BigInt((bytes - 1 - index) * 8)) & 255n)),
    )
    .toString();
}

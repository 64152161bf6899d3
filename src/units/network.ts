import ipaddr from 'ipaddr.js';

// ipaddr.js reads and prints single addresses. It knows a network only as an address with a length, and cannot count,
// compare or split ranges: that is here.

/** A network of IPv4 or IPv6 addresses, as numbers. One address is a network of its own. */
export interface Network {
  /** Bits of an address: 32 or 128. */
  readonly bits: 32 | 128;
  readonly first: bigint;
  /** How many bits all of its addresses share. */
  readonly prefix: number;
}

/** An address, or a network in CIDR notation; undefined for a text that is neither. Bits below the mask are ignored. */
export function parseNetwork(text: string): Network | undefined {
  const isCidr = text.includes('/');
  if (!(isCidr ? ipaddr.isValidCIDR(text) : ipaddr.isValid(text))) return undefined;
  const address = ipaddr.parse(isCidr ? text.slice(0, text.indexOf('/')) : text);
  const bits = address.kind() === 'ipv4' ? 32 : 128;
  const prefix = isCidr ? Number(text.slice(text.indexOf('/') + 1)) : bits;
  const number = address.toByteArray().reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return networkOf(bits, number, prefix);
}

/** The network of a text that has been checked, such as an `Ipv4Cidr`. */
export function checkedNetwork(text: string): Network {
  const network = parseNetwork(text);
  if (network === undefined) throw new Error(`not a checked network: ${text}`);
  return network;
}

export function printNetwork({ bits, first, prefix }: Network): string {
  return `${printAddress(bits, first)}/${prefix}`;
}

/** The address of a number; undefined for one that the family does not have. */
export function printAddress(bits: Network['bits'], number: bigint): string | undefined {
  if (number < 0n || number >= 1n << BigInt(bits)) return undefined;
  const bytes = Array.from({ length: bits / 8 }, (_, index) =>
    Number((number >> BigInt(bits - 8 * (index + 1))) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}

/** How many addresses it has. */
export function sizeOf({ bits, prefix }: Network): number {
  return 2 ** (bits - prefix);
}

/** Its last address, as a number. */
export function lastOf({ bits, first, prefix }: Network): bigint {
  return first + (1n << BigInt(bits - prefix)) - 1n;
}

/** The address at an offset from its start: the 80th of `10.43.0.0/16` is `10.43.0.80`. */
export function addressAt({ bits, first }: Network, offset: number): string {
  const address = printAddress(bits, first + BigInt(offset));
  if (address === undefined) throw new RangeError(`no address at ${offset}`);
  return address;
}

/** How far into it an address lies, or undefined outside of it. */
export function offsetIn(network: Network, address: string): number | undefined {
  const own = parseNetwork(address);
  return own !== undefined && containsNetwork(network, own) ? Number(own.first - network.first) : undefined;
}

/** Whether every address of `inner` is in `outer`. Two networks that meet always lie one in the other. */
export function containsNetwork(outer: Network, inner: Network): boolean {
  return (
    outer.bits === inner.bits && outer.prefix <= inner.prefix && startOf(inner, outer.prefix) === outer.first
  );
}

export function networksMeet(a: Network, b: Network): boolean {
  return containsNetwork(a, b) || containsNetwork(b, a);
}

/** What is left of a network without others: as few networks as that takes, from the lowest address on. */
export function networkWithout(network: Network, taken: readonly Network[]): Network[] {
  const inside = taken.filter((one) => networksMeet(network, one));
  if (inside.length === 0) return [network];
  if (inside.some((one) => containsNetwork(one, network))) return [];
  return halves(network).flatMap((half) => networkWithout(half, inside));
}

function halves({ bits, first, prefix }: Network): Network[] {
  const size = 1n << BigInt(bits - prefix - 1);
  return [first, first + size].map((start) => ({ bits, first: start, prefix: prefix + 1 }));
}

function networkOf(bits: 32 | 128, number: bigint, prefix: number): Network {
  return { bits, first: startOf({ bits, first: number, prefix }, prefix), prefix };
}

function startOf({ bits, first }: Network, prefix: number): bigint {
  const rest = BigInt(bits - prefix);
  return (first >> rest) << rest;
}

/** The networks in their order, without those that lie in another one: nft refuses a set whose elements overlap. */
export function withoutContained(texts: readonly string[]): string[] {
  const all = texts.flatMap((text) => {
    const network = parseNetwork(text);
    return network === undefined ? [] : [{ text, network }];
  });
  return all
    .filter(
      ({ network }, index) =>
        !all.some(
          (other, place) =>
            place !== index &&
            containsNetwork(other.network, network) &&
            (place < index || !containsNetwork(network, other.network)),
        ),
    )
    .map(({ text }) => text);
}

/** Whether its addresses are of those that no one routes on the internet (fc00::/7). */
export function isUniqueLocal({ bits, first }: Network): boolean {
  return bits === 128 && first >> 121n === 0b1111110n;
}

/** Whether an IPv4 address is only reachable within a network of its own: private, or of a carrier's NAT. */
export function isPrivateAddress(address: string): boolean {
  return ['private', 'carrierGradeNat'].includes(ipaddr.IPv4.parse(address).range());
}

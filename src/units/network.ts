import ipaddr from 'ipaddr.js';

// ipaddr.js reads and prints single addresses. To it a network is only an address with a prefix length; counting,
// comparing and splitting ranges is done here.

/** A network of IPv4 or IPv6 addresses, as numbers. A single address is a network too. */
export interface Network {
  /** Bits of an address: 32 or 128. */
  readonly bits: 32 | 128;
  readonly first: bigint;
  /** The number of leading bits that all of its addresses share. */
  readonly prefix: number;
}

/** Parses an address, or a network in CIDR notation; undefined for other text. Bits below the mask are ignored. */
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

/** Prints a number as an address; undefined if it is out of range. */
export function printAddress(bits: Network['bits'], number: bigint): string | undefined {
  if (number < 0n || number >= 1n << BigInt(bits)) return undefined;
  const bytes = Array.from({ length: bits / 8 }, (_, index) =>
    Number((number >> BigInt(bits - 8 * (index + 1))) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}

/** The number of its addresses. */
export function sizeOf({ bits, prefix }: Network): number {
  return 2 ** (bits - prefix);
}

/** Its last address, as a number. */
export function lastOf({ bits, first, prefix }: Network): bigint {
  return first + (1n << BigInt(bits - prefix)) - 1n;
}

/** The address at an offset from its start: offset 80 of `10.43.0.0/16` is `10.43.0.80`. */
export function addressAt({ bits, first }: Network, offset: number): string {
  const address = printAddress(bits, first + BigInt(offset));
  if (address === undefined) throw new RangeError(`no address at ${offset}`);
  return address;
}

/** The offset of an address from the network's start; undefined if it is outside. */
export function offsetIn(network: Network, address: string): number | undefined {
  const own = parseNetwork(address);
  return own !== undefined && containsNetwork(network, own) ? Number(own.first - network.first) : undefined;
}

/** True if every address of `inner` is in `outer`. Of two networks that overlap, one always contains the other. */
export function containsNetwork(outer: Network, inner: Network): boolean {
  return (
    outer.bits === inner.bits && outer.prefix <= inner.prefix && startOf(inner, outer.prefix) === outer.first
  );
}

export function networksMeet(a: Network, b: Network): boolean {
  return containsNetwork(a, b) || containsNetwork(b, a);
}

/** Subtracts networks from a network. Returns as few networks as possible, lowest address first. */
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

/** Removes networks that are inside another network, because nft refuses a set whose elements overlap. Keeps the order. */
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

/** True for unique local addresses (fc00::/7), which the internet does not route. */
export function isUniqueLocal({ bits, first }: Network): boolean {
  return bits === 128 && first >> 121n === 0b1111110n;
}

/** Networks that the internet does not route: private, of a carrier's NAT, or of one link. */
const unrouted = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7', 'fe80::/10'];

/** True if nothing in a network can be reached from the internet. */
export function isPrivateNetwork(network: Network): boolean {
  return unrouted.some((text) => containsNetwork(checkedNetwork(text), network));
}

/** True if an IPv4 address cannot be reached from the internet: private, or of a carrier's NAT. */
export function isPrivateAddress(address: string): boolean {
  return ['private', 'carrierGradeNat'].includes(ipaddr.IPv4.parse(address).range());
}

import ipaddr from 'ipaddr.js';

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

/** `10.0.0.0/8`, also for a single address. */
export function printNetwork({ bits, first, prefix }: Network): string {
  const bytes = Array.from({ length: bits / 8 }, (_, index) =>
    Number((first >> BigInt(bits - 8 * (index + 1))) & 255n),
  );
  return `${ipaddr.fromByteArray(bytes)}/${prefix}`;
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

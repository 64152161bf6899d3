import ipaddr from 'ipaddr.js';

/** The purposes of addresses that no machine can have, by the kinds of ipaddr.js. Source: IANA's special-purpose registries. */
const special: Readonly<Record<string, string>> = {
  unspecified: 'no address',
  broadcast: 'for everybody in a network',
  multicast: 'a group of machines',
  linkLocal: 'only for one cable, without a router',
  loopback: 'each machine itself',
  ipv4Mapped: 'an IPv4 address in another form',
  '6to4': 'of a tunnel (6to4) that is switched off',
  teredo: 'of a tunnel (Teredo) that is switched off',
  benchmarking: 'for measurements of routers',
  discard: 'thrown away by routers',
};

/** Describes the purpose of an address if no machine can have it; undefined for private, public and documentation's addresses. */
export function specialUse(address: string): string | undefined {
  const parsed = ipaddr.parse(address);
  const [first = 0, second, third] = parsed.toByteArray();
  if (parsed.kind() === 'ipv4') {
    if (first >= 240 && parsed.range() !== 'broadcast') return 'reserved';
    if (first === 198 && (second === 18 || second === 19)) return special.benchmarking;
    if (first === 192 && second === 0 && third === 0) return 'reserved for protocols';
  }
  return special[parsed.range()];
}

import { parseNetwork } from '../../units/network.ts';

/** One rule; what is absent is any. */
export interface FirewallRule {
  readonly line: number;
  /** `goto x` leaves the rest to the chain x. */
  readonly verdict: 'accept' | 'drop' | 'reject' | `goto ${string}`;
  /** First and last port. */
  readonly ports?: readonly (readonly [number, number])[];
  readonly protocol?: 'tcp' | 'udp';
  readonly icmp?: true;
  /** States of the connection. */
  readonly states?: readonly string[];
  /** Addresses and networks that the packet comes from. */
  readonly from?: readonly string[];
  /** Where it goes. */
  readonly to?: readonly string[];
  /** The next router; for a neighbour, where it goes. */
  readonly nextHop?: { readonly outside: boolean; readonly of: readonly string[] };
  /** The interfaces that it comes in and leaves by. */
  readonly in?: readonly string[];
  readonly out?: readonly string[];
  /** Whether the way back to its source is the interface that it came in by. */
  readonly wayBack?: true;
}

type Part = Omit<FirewallRule, 'line' | 'verdict'>;

const set = String.raw`(\{ [^{}]+ \}|[^\s{}]+)`;

/** What a rule may ask of a packet, and how that is read. `undefined` for a value that means nothing. */
const matches: readonly (readonly [RegExp, (...groups: string[]) => Part | undefined])[] = [
  [/^ct state ([a-z]+(?:,[a-z]+)*)/, (states = '') => ({ states: states.split(',') })],
  [/^iif lo/, () => ({ in: ['lo'] })],
  [/^oif lo/, () => ({ out: ['lo'] })],
  [/^meta l4proto \{ 1, 58 \}/, () => ({ icmp: true })],
  [/^meta l4proto tcp/, () => ({ protocol: 'tcp' })],
  [new RegExp(`^iifname ${set}`), (names) => ({ in: setOf(names) })],
  [new RegExp(`^oifname ${set}`), (names) => ({ out: setOf(names) })],
  [new RegExp(`^(ip6?) saddr ${set}`), (family, of) => withAddresses(family, of, (from) => ({ from }))],
  [new RegExp(`^(ip6?) daddr ${set}`), (family, of) => withAddresses(family, of, (to) => ({ to }))],
  [
    new RegExp(`^rt (ip6?) nexthop (!= )?${set}`),
    (family, not, of) =>
      withAddresses(family, of, (hops) => ({ nextHop: { outside: not !== undefined, of: hops } })),
  ],
  [/^fib saddr \. iif oif exists/, () => ({ wayBack: true })],
  [
    new RegExp(`^(tcp|udp) dport ${set}`),
    (protocol, of) => {
      const ports = setOf(of).map(portRange);
      return ports.includes(undefined)
        ? undefined
        : { protocol: protocol === 'udp' ? 'udp' : 'tcp', ports: ports.filter((one) => one !== undefined) };
    },
  ],
];

const verdicts: readonly (readonly [RegExp, (name?: string) => FirewallRule['verdict']])[] = [
  [/^accept$/, () => 'accept'],
  [/^drop$/, () => 'drop'],
  [/^reject with (tcp reset|icmpx admin-prohibited)$/, () => 'reject'],
  [/^goto (\w+)$/, (name = '') => `goto ${name}`],
];

/** A rule of one line: what it asks, each thing once, and its verdict. */
export function parseRule(content: string, line: number): FirewallRule | undefined {
  let rest = content;
  let asked: Part = {};
  for (;;) {
    const [pattern, verdict] = verdicts.find(([one]) => one.test(rest)) ?? [];
    if (verdict !== undefined) return { line, verdict: verdict(pattern?.exec(rest)?.[1]), ...asked };
    const [match, part] = nextMatch(rest);
    if (part === undefined || Object.keys(part).some((key) => key in asked)) return undefined;
    asked = { ...asked, ...part };
    rest = rest.slice(match.length);
    if (!rest.startsWith(' ')) return undefined;
    rest = rest.slice(1);
  }
}

function nextMatch(text: string): readonly [string, Part | undefined] {
  for (const [pattern, read] of matches) {
    const found = pattern.exec(text);
    if (found !== null) return [found[0], read(...found.slice(1))];
  }
  return ['', undefined];
}

/** `{ 80, 443 }` or one element by itself. */
function setOf(text = ''): string[] {
  return text
    .replace(/^\{ | \}$/g, '')
    .split(',')
    .map((element) => element.trim());
}

function withAddresses(
  family: string | undefined,
  text: string | undefined,
  part: (addresses: string[]) => Part,
): Part | undefined {
  const addresses = setOf(text);
  const wanted = family === 'ip' ? 32 : 128;
  return addresses.every((address) => parseNetwork(address)?.bits === wanted) ? part(addresses) : undefined;
}

function portRange(text: string): readonly [number, number] | undefined {
  const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  const range = [Number(first), Number(last ?? first)] as const;
  return first !== undefined && range[0] >= 1 && range[1] <= 65_535 && range[0] <= range[1]
    ? range
    : undefined;
}

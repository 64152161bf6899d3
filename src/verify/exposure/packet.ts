import { containsNetwork, type Network, parseNetwork } from '../../units/network.ts';
import type { Firewall, FirewallChain, Hook } from './firewall.ts';
import type { FirewallRule } from './firewall-rule.ts';

/** A packet on its way through a node. */
export interface Packet {
  readonly hook: Hook;
  /** The interfaces that it comes in and leaves by. */
  readonly in?: string;
  readonly out?: string;
  readonly from: string;
  readonly to: string;
  /** The next router; for a neighbour, where it goes. */
  readonly nextHop?: string;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly port?: number;
  readonly state: 'new' | 'established' | 'related' | 'invalid' | 'untracked';
  /** Whether the way back to its source is the interface that it came in by. */
  readonly wayBack?: boolean;
}

/** What becomes of a packet at its hook. A hook without a chain lets everything pass. */
export function verdictOf({ chains }: Firewall, packet: Packet): 'accept' | 'drop' | 'reject' {
  const asked: Asked = {
    packet,
    from: parseNetwork(packet.from),
    to: parseNetwork(packet.to),
    nextHop: packet.nextHop === undefined ? undefined : parseNetwork(packet.nextHop),
  };
  const verdicts = chains
    .filter(({ hook }) => hook === packet.hook)
    .map((chain) => verdictIn(chain, chains, asked));
  return verdicts.find((verdict) => verdict !== 'accept') ?? 'accept';
}

/** A packet, and its addresses as numbers. */
interface Asked {
  readonly packet: Packet;
  readonly from: Network | undefined;
  readonly to: Network | undefined;
  readonly nextHop: Network | undefined;
}

function verdictIn(
  chain: FirewallChain,
  chains: readonly FirewallChain[],
  asked: Asked,
): 'accept' | 'drop' | 'reject' {
  const rule = chain.rules.find((one) => fits(one, asked));
  if (rule === undefined) return chain.policy;
  if (rule.verdict === 'accept' || rule.verdict === 'drop' || rule.verdict === 'reject') return rule.verdict;
  // The kernel loads no table whose chains lead in circles.
  const next = chains.find(({ name }) => `goto ${name}` === rule.verdict);
  return next === undefined
    ? chain.policy
    : verdictIn(
        next,
        chains.filter((one) => one !== chain),
        asked,
      );
}

function fits(rule: FirewallRule, { packet, from, to, nextHop }: Asked): boolean {
  const { port } = packet;
  return (
    (rule.states?.includes(packet.state) ?? true) &&
    (rule.in === undefined || (packet.in !== undefined && rule.in.includes(packet.in))) &&
    (rule.out === undefined || (packet.out !== undefined && rule.out.includes(packet.out))) &&
    (!rule.icmp || packet.protocol === 'icmp') &&
    (rule.protocol === undefined || rule.protocol === packet.protocol) &&
    (rule.ports?.some(([first, last]) => port !== undefined && port >= first && port <= last) ?? true) &&
    (rule.from === undefined || isIn(from, rule.from)) &&
    (rule.to === undefined || isIn(to, rule.to)) &&
    (rule.nextHop === undefined || fitsHop(rule.nextHop, nextHop)) &&
    (!rule.wayBack || packet.wayBack === true)
  );
}

/** `rt ip nexthop` is of IPv4 alone: a packet of the other family does not fit, whether it is asked in or outside. */
function fitsHop({ outside, of }: NonNullable<FirewallRule['nextHop']>, hop: Network | undefined): boolean {
  if (hop === undefined || !rangesOf(of).some(({ bits }) => bits === hop.bits)) return false;
  return isIn(hop, of) !== outside;
}

function isIn(address: Network | undefined, networks: readonly string[]): boolean {
  return address !== undefined && rangesOf(networks).some((network) => containsNetwork(network, address));
}

/** A rule is asked about thousands of packets. */
const read = new WeakMap<readonly string[], readonly Network[]>();

function rangesOf(networks: readonly string[]): readonly Network[] {
  const known = read.get(networks) ?? networks.flatMap((network) => parseNetwork(network) ?? []);
  read.set(networks, known);
  return known;
}

import { places } from '../../platform/nodes/places.ts';
import type { Dist, DistNode } from '../dist.ts';
import { type FirewallChain, type FirewallProblem, parseFirewall } from './firewall.ts';
import type { FirewallRule } from './firewall-rule.ts';
import { type Listener, listenersOf } from './listeners.ts';
import { translatedPorts } from './translated-ports.ts';

/** One socket of a node that can be opened from beyond it. */
export interface OpenSocket {
  readonly protocol: 'tcp' | 'udp' | 'any';
  /** `443`, a range, or `every`. */
  readonly port: string;
  /** `anywhere`, or the addresses and networks that the packet filter asks for. */
  readonly from: 'anywhere' | readonly string[];
  /** The interface that it asks for besides. */
  readonly in?: string;
  /** What answers; `nothing that Fjord knows` where a port is open without need. */
  readonly by: string;
}

export interface Exposure {
  readonly sockets: readonly OpenSocket[];
  /** What of the packet filter could not be read; then it is taken for no filter. */
  readonly problems: readonly FirewallProblem[];
}

/**
 * The sockets of a node that can be opened from beyond it: what its packet filter lets in, and what Kubernetes forwards
 * past that filter. Computed from the emitted files alone. Sorted by port.
 */
export function openSockets(dist: Dist, node: DistNode): Exposure {
  const file = node.files.get(places.firewall);
  const [firewall, problems] = file && isLoaded(node) ? parseFirewall(file.text) : [undefined, []];
  const listeners = listenersOf(dist, node);
  const chains = firewall?.chains.filter(({ hook }) => hook === 'input') ?? [];
  // What one chain drops, no other brings back.
  const chain = chains.find(({ policy }) => policy === 'drop');
  const admitted = chain === undefined ? unfiltered(listeners) : admittedBy(chain, listeners);
  const past = translatedPorts(dist, node).map((port): OpenSocket => ({ ...port, from: 'anywhere' }));
  return {
    sockets: [...new Map([...admitted, ...past].map((one) => [keyOf(one), one])).values()].sort(byPort),
    problems,
  };
}

/** The script that makes the node installs nft, and has the file loaded at boot and now. Nothing flushes it again. */
export function isLoaded({ packages, files }: DistNode): boolean {
  const script = files.get(places.applyScript)?.text ?? '';
  const unit = files.get(places.firewallService)?.text ?? '';
  return (
    packages.includes('nftables') &&
    unit.split('\n').includes(`ExecStart=/usr/sbin/nft --file ${places.firewall}`) &&
    /^WantedBy=sysinit\.target$/m.test(unit) &&
    /^\[ -n "\$dry_run" \] \|\| systemctl enable --quiet fjord-firewall$/m.test(script) &&
    /^ *systemctl reload-or-restart fjord-firewall$/m.test(script) &&
    /^systemctl mask --quiet nftables$/m.test(script)
  );
}

/** In the order of the chain: a packet that an earlier rule drops is not let in by a later one. */
function admittedBy({ rules }: FirewallChain, listeners: readonly Listener[]): OpenSocket[] {
  const dropsAll = rules.findIndex(
    ({ line, verdict, ...asked }) => verdict !== 'accept' && Object.keys(asked).length === 0,
  );
  const reached = dropsAll === -1 ? rules : rules.slice(0, dropsAll);
  return reached
    .filter((rule) => rule.verdict !== 'drop' && rule.verdict !== 'reject' && !isAside(rule))
    .flatMap(({ ports, protocol, from, in: interfaces }) => {
      const source = {
        from: from === undefined ? ('anywhere' as const) : [...from].sort(),
        ...(interfaces !== undefined && { in: interfaces.join(', ') }),
      };
      if (ports === undefined || protocol === undefined) {
        return [{ protocol: 'any' as const, port: 'every', ...source, by: 'everything that listens' }];
      }
      return ports.flatMap((range) => socketsIn(range, protocol, source, listeners));
    });
}

/** Decides only packets of known connections, of the loopback interface, or of ICMP: none that opens a socket. */
function isAside({ states, in: interfaces, icmp }: FirewallRule): boolean {
  return (
    icmp === true ||
    interfaces?.every((name) => name === 'lo') === true ||
    states?.every((state) => state === 'established' || state === 'related' || state === 'invalid') === true
  );
}

/** A range by its listeners, or as a whole where nothing of ours listens. */
function socketsIn(
  [first, last]: readonly [number, number],
  protocol: 'tcp' | 'udp',
  source: Pick<OpenSocket, 'from' | 'in'>,
  listeners: readonly Listener[],
): OpenSocket[] {
  const inside = listeners.filter(
    (one) => one.protocol === protocol && one.port >= first && one.port <= last,
  );
  const whole = last - first + 1 === new Set(inside.map(({ port }) => port)).size;
  return [
    ...inside.map(({ port, by }) => ({ protocol, port: String(port), ...source, by })),
    ...(whole
      ? []
      : [
          {
            protocol,
            port: first === last ? `${first}` : `${first}-${last}`,
            ...source,
            by: unnamed(protocol, first, last),
          },
        ]),
  ];
}

/** The clients of DHCP, for IPv4 and IPv6, get their answers there. */
function unnamed(protocol: string, first: number, last: number): string {
  const isDhcp = protocol === 'udp' && first === last && (first === 68 || first === 546);
  return isDhcp ? 'client of DHCP' : 'nothing that Fjord knows';
}

/** Without a filter, what listens is open, and so is whatever else is ever started. */
function unfiltered(listeners: readonly Listener[]): OpenSocket[] {
  return [
    ...listeners.map(({ by, protocol, port }) => ({
      protocol,
      port: String(port),
      from: 'anywhere' as const,
      by,
    })),
    { protocol: 'any', port: 'every', from: 'anywhere', by: 'no packet filter is in force' },
  ];
}

function keyOf({ protocol, port, from, by, in: interfaces }: OpenSocket): string {
  return [protocol, port, from, by, interfaces].join(' ');
}

function byPort(a: OpenSocket, b: OpenSocket): number {
  const [x, y] = [keyOf(a), keyOf(b)];
  return (
    (Number.parseInt(a.port, 10) || 65_536) - (Number.parseInt(b.port, 10) || 65_536) || (x < y ? -1 : 1)
  );
}

import type { Dist, DistNode } from '../dist.ts';
import { type Firewall, type FirewallProblem, parseFirewall } from './firewall.ts';
import { type Listener, listenersOf } from './listeners.ts';
import { translatedPorts } from './translated-ports.ts';

/** One socket of a node that can be opened from beyond it. */
export interface OpenSocket {
  readonly protocol: 'tcp' | 'udp' | 'any';
  /** `443`, a range, or `every`. */
  readonly port: string;
  /** `anywhere`, or the addresses and networks that the packet filter asks for. */
  readonly from: 'anywhere' | readonly string[];
  /** What answers; `nothing that Fjord knows` where a port is open without need. */
  readonly by: string;
}

export interface Exposure {
  readonly sockets: readonly OpenSocket[];
  /** What of the packet filter could not be read; then it is taken for no filter. */
  readonly problems: readonly FirewallProblem[];
}

const firewallPath = '/etc/nftables.conf';

/**
 * The sockets of a node that can be opened from beyond it: what its packet filter lets in, and what Kubernetes forwards
 * past that filter. Computed from the emitted files alone. Sorted by port.
 */
export function openSockets(dist: Dist, node: DistNode): Exposure {
  const file = node.files.get(firewallPath);
  const [firewall, problems] = file && isLoaded(node) ? parseFirewall(file.text) : [undefined, []];
  const listeners = listenersOf(dist, node);
  const admitted = firewall?.policy === 'drop' ? admittedBy(firewall, listeners) : unfiltered(listeners);
  const past = translatedPorts(dist, node).map((port): OpenSocket => ({ ...port, from: 'anywhere' }));
  return {
    sockets: [...new Map([...admitted, ...past].map((one) => [keyOf(one), one])).values()].sort(byPort),
    problems,
  };
}

/** The script that makes the node installs nftables, has it load the file at boot, and now. */
function isLoaded({ packages, files }: DistNode): boolean {
  const script = files.get('/usr/local/sbin/fjord-apply')?.text ?? '';
  return (
    packages.includes('nftables') &&
    /^systemctl enable .*\bnftables$/m.test(script) &&
    /^ *systemctl reload-or-restart nftables$/m.test(script)
  );
}

/** In the order of the chain: a packet that an earlier rule drops is not let in by a later one. */
function admittedBy({ rules }: Firewall, listeners: readonly Listener[]): OpenSocket[] {
  const dropsAll = rules.findIndex(
    ({ verdict, aside, ports, from }) => verdict === 'drop' && !aside && !ports && !from,
  );
  const reached = dropsAll === -1 ? rules : rules.slice(0, dropsAll);
  return reached
    .filter(({ verdict, aside }) => verdict === 'accept' && !aside)
    .flatMap(({ ports, protocol, from }) => {
      const source = from === undefined ? ('anywhere' as const) : [...from].sort();
      if (ports === undefined || protocol === undefined) {
        return [{ protocol: 'any' as const, port: 'every', from: source, by: 'everything that listens' }];
      }
      return ports.flatMap((range) => socketsIn(range, protocol, source, listeners));
    });
}

/** A range by its listeners, or as a whole where nothing of ours listens. */
function socketsIn(
  [first, last]: readonly [number, number],
  protocol: 'tcp' | 'udp',
  from: OpenSocket['from'],
  listeners: readonly Listener[],
): OpenSocket[] {
  const inside = listeners.filter(
    (one) => one.protocol === protocol && one.port >= first && one.port <= last,
  );
  const whole = last - first + 1 === new Set(inside.map(({ port }) => port)).size;
  return [
    ...inside.map(({ port, by }) => ({ protocol, port: String(port), from, by })),
    ...(whole
      ? []
      : [
          {
            protocol,
            port: first === last ? `${first}` : `${first}-${last}`,
            from,
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

function keyOf({ protocol, port, from, by }: OpenSocket): string {
  return [protocol, port, from, by].join(' ');
}

function byPort(a: OpenSocket, b: OpenSocket): number {
  const [x, y] = [keyOf(a), keyOf(b)];
  return (
    (Number.parseInt(a.port, 10) || 65_536) - (Number.parseInt(b.port, 10) || 65_536) || (x < y ? -1 : 1)
  );
}

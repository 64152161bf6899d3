import { ports } from '../../platform/openfaas/ports.ts';
import type { Dist, DistNode } from '../dist.ts';
import { edgesOf, familyOf, isIn, pointsIn } from './address-edges.ts';
import { type ClusterNetwork, clusterNetwork } from './cluster-network.ts';
import type { Firewall } from './firewall.ts';
import { type Packet, verdictOf } from './packet.ts';

/** A kind of packet that a node's filter has to treat in one way. */
export interface Way {
  readonly code: 'verify/packets-leave' | 'verify/packets-passed-on' | 'verify/packets-lost';
  /** What kind it is, in words. */
  readonly what: string;
  readonly packets: readonly Packet[];
  readonly right: readonly ('accept' | 'drop' | 'reject')[];
}

/** The first packet of a kind that the filter treats in another way. */
export function wrongPacket(firewall: Firewall, { packets, right }: Way): Packet | undefined {
  return packets.find((packet) => !right.includes(verdictOf(firewall, packet)));
}

const strangers = ['203.0.113.9', '2001:db8:ffff::9'];
const outside = 'eth0';

/** Every kind of packet to, from and between pods and Services, by where addresses begin to be treated differently. */
export function waysOfPackets(dist: Dist, node: DistNode, firewall: Firewall): Way[] {
  const cluster = clusterNetwork(dist, node);
  const edges = edgesOf(firewall);
  const pods = pointsIn(cluster.pods, edges);
  const services = pointsIn(cluster.services, edges);
  const others = [...strangers, ...edges].filter(
    (address) => ![...cluster.pods, ...cluster.services].some((range) => isIn(address, range)),
  );
  return [
    ...waysOut(cluster, pods, services, others),
    ...waysThrough(cluster, pods, services, others),
    ...waysIn(pods),
  ];
}

const eachProtocol = ['tcp', 'udp', 'icmp'] as const;
const eachState = ['new', 'established', 'related', 'untracked'] as const;

/** What the node itself, or anybody through it, sends to pods and Services. */
function waysOut(
  { peers, devices, bare }: ClusterNetwork,
  pods: readonly string[],
  services: readonly string[],
  others: readonly string[],
): Way[] {
  const ways = (to: string, rest: Partial<Packet> & Pick<Packet, 'hook'>): Packet[] =>
    eachProtocol.flatMap((protocol) =>
      eachState.map((state) => ({ from: sourceOf(to), to, protocol, port: ports.function, state, ...rest })),
    );
  const routers = others.filter((address) => !(bare && peers.includes(address)));
  const leave = (hook: 'output' | 'postrouting', to: string, router: string) =>
    ways(to, { hook, out: outside, nextHop: router });
  const toDevices = (to: string) => [
    'cni0',
    ...devices.filter(({ family }) => family === familyOf(to)).map(({ name }) => name),
  ];
  const bareRoutes = (to: string) => (bare ? sameFamily(peers, to) : []);
  return [
    {
      code: 'verify/packets-leave',
      what: 'what the node sends to a Service without translation',
      packets: services.flatMap((to) => [
        ...leave('output', to, to),
        ...sameFamily(routers, to).flatMap((router) => leave('output', to, router)),
      ]),
      right: ['reject'],
    },
    {
      code: 'verify/packets-leave',
      what: 'what leaves for a Service without translation',
      packets: services.flatMap((to) =>
        [outside, ...toDevices(to)].flatMap((out) => ways(to, { hook: 'postrouting', out, nextHop: to })),
      ),
      right: ['drop'],
    },
    {
      code: 'verify/packets-leave',
      what: 'what the node sends to a pod by way of a stranger',
      packets: pods.flatMap((to) => sameFamily(routers, to).flatMap((router) => leave('output', to, router))),
      right: ['reject'],
    },
    {
      code: 'verify/packets-leave',
      what: 'what leaves for a pod by way of a stranger',
      packets: pods.flatMap((to) =>
        [to, ...sameFamily(routers, to)].flatMap((router) => leave('postrouting', to, router)),
      ),
      right: ['drop'],
    },
    {
      code: 'verify/packets-lost',
      what: 'what the node sends to a pod',
      packets: pods.flatMap((to) => [
        ...ways(to, { hook: 'output', out: outside, nextHop: to }),
        ...toDevices(to).flatMap((out) => ways(to, { hook: 'postrouting', out, nextHop: to })),
        ...(['output', 'postrouting'] as const).flatMap((hook) => ways(to, { hook, out: 'lo', nextHop: to })),
        ...bareRoutes(to).flatMap((router) => [
          ...leave('output', to, router),
          ...leave('postrouting', to, router),
        ]),
      ]),
      right: ['accept'],
    },
    {
      code: 'verify/packets-lost',
      what: 'what the node sends elsewhere',
      packets: others.flatMap((to) => [...leave('output', to, to), ...leave('postrouting', to, to)]),
      right: ['accept'],
    },
  ];
}

/** What comes in and goes on. */
function waysThrough(
  { peers, devices, bare }: ClusterNetwork,
  pods: readonly string[],
  services: readonly string[],
  others: readonly string[],
): Way[] {
  const ways = (from: string, to: string, rest: Partial<Packet>): Packet[] =>
    eachProtocol.map((protocol) => ({
      ...{
        hook: 'forward',
        in: outside,
        from,
        to,
        nextHop: to,
        protocol,
        port: ports.function,
        state: 'new',
      },
      ...rest,
    }));
  const sources = [...pods, ...others];
  /** With bare addresses, what comes the right way from a pod or a node is from there as far as anybody can tell. */
  const isPeer = (from: string) => bare && (pods.includes(from) || peers.includes(from));
  const flannel = (to: string) =>
    bare
      ? [{ name: outside, family: familyOf(to) }]
      : devices.filter(({ family }) => family === familyOf(to));
  return [
    {
      code: 'verify/packets-passed-on',
      what: 'what comes from outside for pods, for Services, or for others',
      packets: sources.flatMap((from) =>
        sameFamily([...pods, ...services, ...others], from).flatMap((to) =>
          [...(pods.includes(to) ? ['cni0'] : []), 'eth1'].flatMap((out) =>
            [false, true]
              .filter((wayBack) => !(wayBack && out === 'cni0' && isPeer(from)))
              .flatMap((wayBack) => ways(from, to, { out, wayBack })),
          ),
        ),
      ),
      right: ['drop', 'reject'],
    },
    {
      code: 'verify/packets-passed-on',
      what: "what comes by flannel's devices and is not from pods for pods",
      packets: devices.flatMap(({ name, family }) =>
        sources
          .filter((from) => familyOf(from) === family)
          .flatMap((from) =>
            sameFamily([...pods, ...services, ...others], from).flatMap((to) => [
              ...(pods.includes(from) ? [] : ways(from, to, { in: name, out: 'cni0' })),
              ...ways(from, to, { in: name, out: outside }),
            ]),
          ),
      ),
      right: ['drop', 'reject'],
    },
    {
      code: 'verify/packets-leave',
      what: 'what a pod sends to a Service without translation',
      packets: services.flatMap((to) =>
        sameFamily(pods, to).flatMap((from) => ways(from, to, { in: 'cni0', out: outside })),
      ),
      right: ['reject'],
    },
    {
      code: 'verify/packets-lost',
      what: 'what pods send each other, the internet, and get back from there',
      packets: pods.flatMap((from) => [
        ...sameFamily(pods, from).flatMap((to) => [
          ...ways(from, to, { in: 'cni0', out: 'cni0' }),
          // Neighbour discovery on the bridge, which is not of a pod's address.
          ...ways(from, to, { in: 'cni0', out: 'cni0', from: 'fe80::1', state: 'untracked' }),
          ...flannel(to).flatMap(({ name }) => [
            ...ways(from, to, { in: 'cni0', out: name }),
            ...(peers.length > 0 ? ways(from, to, { in: name, out: 'cni0', wayBack: true }) : []),
          ]),
        ]),
        ...sameFamily(others, from).flatMap((to) => [
          ...ways(from, to, { in: 'cni0', out: outside }),
          ...ways(to, from, { out: 'cni0', state: 'established' }),
          ...ways(to, from, { out: 'cni0', state: 'related' }),
        ]),
      ]),
      right: ['accept'],
    },
  ];
}

/** What the node must hear. What it must not, its open sockets say. */
function waysIn(pods: readonly string[]): Way[] {
  const own = (from: string, rest: Partial<Packet>): Packet => ({
    ...{ hook: 'input', in: outside, from, to: sourceOf(from), protocol: 'tcp', port: 40_000, state: 'new' },
    ...rest,
  });
  return [
    {
      code: 'verify/packets-lost',
      what: 'answers, ICMP, DHCP, and what the node and its pods send to it',
      packets: [
        ...strangers.flatMap((from) => [
          ...(['established', 'related'] as const).map((state) => own(from, { state })),
          own(from, { protocol: 'icmp' }),
          own(from, { in: 'lo' }),
          own(from, { protocol: 'udp', port: from.includes(':') ? 546 : 68 }),
        ]),
        ...pods.flatMap((from) => eachProtocol.map((protocol) => own(from, { in: 'cni0', protocol }))),
      ],
      right: ['accept'],
    },
  ];
}

function sameFamily(addresses: readonly string[], as: string): string[] {
  return addresses.filter((address) => familyOf(address) === familyOf(as));
}

/** Somebody's address of the same family. */
function sourceOf(to: string): string {
  return familyOf(to) === 4 ? '192.0.2.77' : '2001:db8:77::1';
}

import ipaddr from 'ipaddr.js';
import type { GatewayConfig } from '../../config/gateway/gateway.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { containsNetwork, parseNetwork, printNetwork } from '../../units/network.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { cdns } from './cdns.ts';
import { type Insider, withoutInsiders } from './insiders.ts';
import type { Tls } from './tls.ts';

/** The proxies that are trusted to name the client. */
export interface TrustedProxies {
  /** Without the addresses of pods, which would otherwise be trusted too. */
  readonly networks: readonly string[];
  readonly header: string;
  /** Whether the client is named by the PROXY protocol, and not in a header. */
  readonly proxyProtocol: boolean;
  /** Of a CDN whose networks are a list of ours. */
  readonly list: { readonly title: string; readonly asOf: string } | undefined;
}

export function resolveTrustedProxies(
  { trustedProxies: written, reachableFrom }: GatewayConfig,
  insiders: readonly Insider[],
): readonly [TrustedProxies | undefined, Diagnostic[]] {
  const path = ['gateway', 'trustedProxies'];
  if (written === undefined) return [undefined, []];
  if (typeof written !== 'string') {
    const { networks, proxyProtocol = false } = written;
    const header = proxyProtocol ? 'proxy_protocol' : (written.header ?? 'X-Forwarded-For');
    const outside = withoutInsiders(networks, insiders);
    return [
      { networks: outside, header, proxyProtocol, list: undefined },
      diagnoseTrusted(networks, [...path, 'networks'], insiders),
    ];
  }
  const { title, asOf, source, header, networks } = cdns[written];
  const dated = report('resolve/cdn-list-dated', path, { title, asOf, source, header });
  return [
    { networks: withoutInsiders(networks, insiders), header, proxyProtocol: false, list: { title, asOf } },
    // If only the proxies get in, another code says what an old list does.
    reachableFrom === 'trusted-proxies' ? [] : [dated],
  ];
}

/** Whether a node that only the proxies reach is reached by them, and gets its certificate. */
export function diagnoseReachableFrom(
  { reachableFrom, trustedProxies }: GatewayConfig,
  { certificate }: Tls,
): Diagnostic[] {
  if (reachableFrom !== 'trusted-proxies') return [];
  const path = ['gateway', 'reachableFrom'];
  if (trustedProxies === undefined) return [report('resolve/proxies-unnamed', path, undefined)];
  const cdn = typeof trustedProxies === 'string' ? cdns[trustedProxies] : undefined;
  return [
    ...(cdn === undefined
      ? []
      : [report('resolve/cdn-list-closes', path, { title: cdn.title, asOf: cdn.asOf, source: cdn.source })]),
    ...(certificate.kind === 'acme' && certificate.dns === undefined
      ? [report('resolve/challenge-port-open', path, undefined)]
      : []),
  ];
}

/** What a list of networks is for. */
type Purpose = 'allowed' | 'exempt' | 'trusted';

/** Reports networks of an allow list that are not valid, name an address, let in pods, or let in half of the world. */
export function diagnoseAllowed(
  networks: readonly string[],
  path: ConfigPath,
  insiders: readonly Insider[],
): Diagnostic[] {
  return [...diagnoseNetworks(networks, path, insiders, 'allowed'), ...diagnoseHalves(networks, path)];
}

/** Reports networks without limits that are not valid, name an address, hold pods, or everybody. */
export function diagnoseExempt(
  networks: readonly string[],
  path: ConfigPath,
  insiders: readonly Insider[],
): Diagnostic[] {
  return [
    ...diagnoseNetworks(networks, path, insiders, 'exempt'),
    ...everybodyIn(networks).map(([index, network]) =>
      report('resolve/everybody-exempt', [...path, index], { network }),
    ),
  ];
}

/** Reports trusted networks that are not valid, name an address, hold pods, or everybody. */
export function diagnoseTrusted(
  networks: readonly string[],
  path: ConfigPath,
  insiders: readonly Insider[],
): Diagnostic[] {
  return [
    ...diagnoseNetworks(networks, path, insiders, 'trusted'),
    ...everybodyIn(networks).map(([index, network]) =>
      report('resolve/everybody-trusted', [...path, index], { network }),
    ),
  ];
}

/** Reports nodes whose pods cannot be kept out of lists, because nobody knows with which address they call. */
export function diagnoseKeptOut(config: PlatformConfig): Diagnostic[] {
  const { gateway = {}, functions, nodes } = config;
  const proxies = typeof gateway.trustedProxies === 'object' ? gateway.trustedProxies.networks : [];
  const lists = [
    gateway.exempt ?? [],
    gateway.admin?.networks ?? [],
    proxies,
    ...sortedEntries(functions).map(([, { http }]) => http?.networks ?? []),
  ];
  const entries = sortedEntries(nodes);
  if (entries.length < 2 || lists.every((list) => list.length === 0)) return [];
  return entries.flatMap(([name, { address, externalAddress }]) =>
    address === undefined && externalAddress === undefined
      ? [report('resolve/node-not-kept-out', ['nodes', name], { name })]
      : [],
  );
}

function diagnoseNetworks(
  networks: readonly string[],
  path: ConfigPath,
  insiders: readonly Insider[],
  purpose: Purpose,
): Diagnostic[] {
  return networks.flatMap((network, index): Diagnostic[] => {
    const at = [...path, index];
    const form = diagnoseNetworkForm(network, at);
    // A network of everybody has a code of its own.
    if (form.length > 0 || network.endsWith('/0')) return form;
    return diagnoseInsiders(network, at, insiders, purpose);
  });
}

/** Reports networks that are not valid, or name an address. */
export function diagnoseForm(networks: readonly string[], path: ConfigPath): Diagnostic[] {
  return networks.flatMap((network, index) => diagnoseNetworkForm(network, [...path, index]));
}

function diagnoseNetworkForm(network: string, at: ConfigPath): Diagnostic[] {
  if (!ipaddr.isValidCIDR(network)) return [report('resolve/network-invalid', at, { network })];
  const first = firstAddress(network);
  if (ipaddr.parse(network.replace(/\/.*/, '')).toString() !== first) {
    const meant = `${first}${network.slice(network.indexOf('/'))}`;
    return [report('resolve/network-not-aligned', at, { network, meant })];
  }
  const mapped = mappedNetwork(network);
  return mapped === undefined ? [] : [report('resolve/network-mapped', at, { network, meant: mapped })];
}

function diagnoseInsiders(
  text: string,
  at: ConfigPath,
  insiders: readonly Insider[],
  purpose: Purpose,
): Diagnostic[] {
  const network = parseNetwork(text);
  if (network === undefined) return [];
  const around = insiders.find((insider) => containsNetwork(insider.network, network));
  if (around !== undefined) {
    const params = { network: text, whose: around.whose, range: printNetwork(around.network), purpose };
    return [report('resolve/network-of-pods', at, params)];
  }
  const inside = insiders.filter((insider) => containsNetwork(network, insider.network));
  if (inside.length === 0) return [];
  const whose = [...new Set(inside.map((insider) => insider.whose))];
  const range = inside.map((insider) => printNetwork(insider.network)).join(', ');
  return [report('resolve/pods-in-network', at, { network: text, whose, range, purpose })];
}

/** `0.0.0.0/0` alone shuts out all of IPv6, which is seldom what is meant. */
function diagnoseHalves(networks: readonly string[], path: ConfigPath): Diagnostic[] {
  return everybodyIn(networks).flatMap(([index, network]) => {
    const isV6 = network.includes(':');
    const hasOther = networks.some((other) => other.includes(':') !== isV6);
    const params = {
      network,
      family: isV6 ? 'IPv6' : 'IPv4',
      other: hasOther ? undefined : isV6 ? 'IPv4' : 'IPv6',
    };
    return [report('resolve/network-of-everybody', [...path, index], params)];
  });
}

function everybodyIn(networks: readonly string[]): [number, string][] {
  return [...networks.entries()].filter(([, network]) => network.endsWith('/0'));
}

/** The IPv4 network that an IPv6 one stands for: `::ffff:c000:200/120` is `192.0.2.0/24`. */
function mappedNetwork(network: string): string | undefined {
  const [address, prefix] = ipaddr.parseCIDR(network);
  if (!(address instanceof ipaddr.IPv6) || !address.isIPv4MappedAddress() || prefix < 96) return undefined;
  return `${address.toIPv4Address()}/${prefix - 96}`;
}

function firstAddress(network: string): string {
  return network.includes(':')
    ? ipaddr.IPv6.networkAddressFromCIDR(network).toString()
    : ipaddr.IPv4.networkAddressFromCIDR(network).toString();
}

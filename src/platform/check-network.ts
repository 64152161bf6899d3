import ipaddr from 'ipaddr.js';
import type { ConfigPath, Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';

/** Networks that are no networks, though they look like ones, or name an address inside of one. */
export function checkNetworks(networks: readonly string[], path: ConfigPath): Diagnostic[] {
  return networks.flatMap((network, index): Diagnostic[] => {
    if (!ipaddr.isValidCIDR(network)) {
      return [report('resolve/network-invalid', [...path, index], { network })];
    }
    const first = firstAddress(network);
    if (ipaddr.parse(network.replace(/\/.*/, '')).toString() === first) return [];
    const meant = `${first}${network.slice(network.indexOf('/'))}`;
    return [report('resolve/network-not-aligned', [...path, index], { network, meant })];
  });
}

/** The same for proxies, of which nobody may be everybody. */
export function checkTrusted(networks: readonly string[], path: ConfigPath): Diagnostic[] {
  return [
    ...checkNetworks(networks, path),
    ...networks.flatMap((network, index) =>
      network.endsWith('/0') ? [report('resolve/everybody-trusted', [...path, index], { network })] : [],
    ),
  ];
}

function firstAddress(network: string): string {
  return network.includes(':')
    ? ipaddr.IPv6.networkAddressFromCIDR(network).toString()
    : ipaddr.IPv4.networkAddressFromCIDR(network).toString();
}

import type { K3sIpv6Config } from '../../config/k3s/k3s.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import {
  addressAt,
  checkedNetwork,
  isUniqueLocal,
  networksMeet,
  offsetIn,
  parseNetwork,
} from '../../units/network.ts';
import { gatewayOffset } from './fixed-addresses.ts';
import type { K3s } from './k3s.ts';

export const defaultClusterCidr = '10.42.0.0/16';
export const defaultServiceCidr = '10.43.0.0/16';

/** The largest ranges of Services that Kubernetes takes: /12, and /112 of IPv6. */
const largestServices = { v4: 12, v6: 112 };
/** What each node takes of the pods' range: a /24, and a /64 of IPv6. */
const podsOfNode = { v4: 24, v6: 64 };

/** The IPv6 ranges. Pods with addresses that no one routes reach the internet by their node's. */
export function resolveIpv6(written: K3sIpv6Config | undefined): K3s['ipv6'] {
  if (written === undefined) return undefined;
  const pods = parseNetwork(written.clusterCidr);
  return { ...written, masquerade: pods !== undefined && isUniqueLocal(pods) };
}

/** Reports ranges of pods and Services that are too small or too large, or overlap with each other or with a node. */
export function diagnoseRanges(k3s: K3s, config: PlatformConfig): Diagnostic[] {
  return [...diagnoseIpv4(k3s, config), ...diagnoseIpv6(k3s, config), ...diagnoseDns(k3s, config)];
}

function diagnoseIpv4({ clusterCidr, serviceCidr }: K3s, config: PlatformConfig): Diagnostic[] {
  const written = config.k3s ?? {};
  const at = written.serviceCidr === undefined ? 'clusterCidr' : 'serviceCidr';
  const ranges = [clusterCidr, serviceCidr];
  return [
    ...(networksMeet(checkedNetwork(clusterCidr), checkedNetwork(serviceCidr))
      ? [report('resolve/ranges-overlap', ['k3s', at], { pods: clusterCidr, services: serviceCidr })]
      : []),
    ...diagnoseSizes(config, ['k3s'], clusterCidr, serviceCidr, 'v4'),
    ...Object.keys(config.nodes)
      .sort()
      .flatMap((name) => {
        const node = config.nodes[name] ?? {};
        return (['address', 'externalAddress'] as const).flatMap((key) => {
          const address = node[key];
          const range = ranges.find(
            (each) => address !== undefined && offsetIn(checkedNetwork(each), address) !== undefined,
          );
          if (address === undefined || range === undefined) return [];
          const params = { address, range };
          return [report('resolve/node-in-cluster-range', ['nodes', name, key], params)];
        });
      }),
  ];
}

function diagnoseIpv6({ ipv6 }: K3s, config: PlatformConfig): Diagnostic[] {
  if (ipv6 === undefined) return [];
  const path = ['k3s', 'ipv6'];
  const pods = parseNetwork(ipv6.clusterCidr);
  const services = parseNetwork(ipv6.serviceCidr);
  const malformed = (key: string, cidr: string) => report('resolve/not-ipv6', [...path, key], { text: cidr });
  if (pods === undefined || services === undefined) {
    return [
      ...(pods === undefined ? [malformed('clusterCidr', ipv6.clusterCidr)] : []),
      ...(services === undefined ? [malformed('serviceCidr', ipv6.serviceCidr)] : []),
    ];
  }
  return [
    ...(networksMeet(pods, services)
      ? [
          report('resolve/ranges-overlap', [...path, 'serviceCidr'], {
            pods: ipv6.clusterCidr,
            services: ipv6.serviceCidr,
          }),
        ]
      : []),
    ...diagnoseSizes(config, path, ipv6.clusterCidr, ipv6.serviceCidr, 'v6'),
    ...Object.keys(config.nodes)
      .sort()
      .flatMap((name) => {
        const address = config.nodes[name]?.address6;
        const own = address === undefined ? undefined : parseNetwork(address);
        const range =
          own && [ipv6.clusterCidr, ipv6.serviceCidr].find((each) => networksMeet(checkedNetwork(each), own));
        if (address === undefined || range === undefined) return [];
        const params = { address, range };
        return [report('resolve/node-in-cluster-range', ['nodes', name, 'address6'], params)];
      }),
  ];
}

function diagnoseSizes(
  config: PlatformConfig,
  path: readonly string[],
  pods: string,
  services: string,
  family: 'v4' | 'v6',
): Diagnostic[] {
  const prefix = (cidr: string) => Number(cidr.split('/')[1]);
  const count = Object.keys(config.nodes).length;
  const room = 2 ** (podsOfNode[family] - prefix(pods));
  return [
    ...(room < count
      ? [
          report('resolve/pod-range-too-small', [...path, 'clusterCidr'], {
            range: pods,
            nodes: count,
            each: podsOfNode[family],
          }),
        ]
      : []),
    ...(prefix(services) < largestServices[family]
      ? [
          report('resolve/service-range-too-large', [...path, 'serviceCidr'], {
            range: services,
            largest: largestServices[family],
          }),
        ]
      : []),
  ];
}

function diagnoseDns({ clusterDns, serviceCidr }: K3s, config: PlatformConfig): Diagnostic[] {
  if (clusterDns === undefined) return [];
  const path = ['k3s', 'clusterDns'];
  const offset = offsetIn(checkedNetwork(serviceCidr), clusterDns);
  const gateway = config.openfaas?.address ?? addressAt(checkedNetwork(serviceCidr), gatewayOffset);
  if (offset === undefined || offset < 2) {
    return [report('resolve/dns-not-in-range', path, { address: clusterDns, range: serviceCidr })];
  }
  return gateway === clusterDns ? [report('resolve/dns-is-gateway', path, { address: clusterDns })] : [];
}

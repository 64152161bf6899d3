import type { NodeConfig } from '../../config/nodes/node.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { parseNetwork } from '../../units/network.ts';
import { specialUse } from '../../units/special-use.ts';
import { resolveFlannel } from '../k3s/flannel.ts';
import { sortedEntries } from '../sorted-entries.ts';
import type { Topology } from './topology.ts';

/** Reports addresses that others need and that are missing, and addresses of two nodes. */
export function diagnoseAddresses(config: PlatformConfig, topology: Topology): Diagnostic[] {
  const entries = sortedEntries(config.nodes);
  return [
    ...entries.flatMap(([name, node]) => [
      ...diagnoseMissing(name, node, config, topology),
      ...diagnoseIpv6(name, node, config.k3s?.ipv6 !== undefined),
      ...diagnoseSpecial(name, node),
    ]),
    ...diagnoseRepeats(entries, 'address', String),
    ...diagnoseRepeats(entries, 'address6', (address) => String(parseNetwork(address)?.first ?? address)),
  ];
}

function diagnoseMissing(
  name: string,
  { address, externalAddress }: NodeConfig,
  config: PlatformConfig,
  { first, servers, agents }: Topology,
): Diagnostic[] {
  if (address !== undefined || servers.length + agents.length < 2) return [];
  const path = ['nodes', name];
  if (name === first) return [report('resolve/first-without-address', path, { name })];
  if (servers.includes(name)) return [report('resolve/server-without-address', path, { name })];
  if (externalAddress !== undefined) return [];
  const [backend] = resolveFlannel(config);
  return backend === 'wireguard-native'
    ? [report('resolve/address-unknown', path, { name })]
    : [report('resolve/address-needed', path, { name, backend })];
}

function diagnoseIpv6(name: string, { address, address6 }: NodeConfig, dual: boolean): Diagnostic[] {
  const path = ['nodes', name, 'address6'];
  if (address6 === undefined) {
    return dual && address !== undefined
      ? [report('resolve/address6-missing', ['nodes', name], { name })]
      : [];
  }
  if (parseNetwork(address6)?.bits !== 128) return [report('resolve/not-ipv6', path, { text: address6 })];
  if (!dual) return [report('resolve/address6-unused', path, { name }, { at: 'key' })];
  return address === undefined ? [report('resolve/address-missing', path, { name }, { at: 'key' })] : [];
}

/** Reports addresses that no machine can have. Those of documentation are allowed, so that examples compile. */
function diagnoseSpecial(name: string, node: NodeConfig): Diagnostic[] {
  return (['address', 'address6'] as const).flatMap((key) => {
    const address = node[key];
    const use =
      address === undefined || parseNetwork(address) === undefined ? undefined : specialUse(address);
    return address === undefined || use === undefined
      ? []
      : [report('resolve/address-of-no-machine', ['nodes', name, key], { address, use })];
  });
}

function diagnoseRepeats(
  entries: readonly [string, NodeConfig][],
  key: 'address' | 'address6',
  normal: (address: string) => string,
): Diagnostic[] {
  const owners = new Map<string, string>();
  return entries.flatMap(([name, { [key]: address }]) => {
    if (address === undefined) return [];
    const other = owners.get(normal(address));
    owners.set(normal(address), other ?? name);
    return other === undefined
      ? []
      : [report('resolve/address-twice', ['nodes', name, key], { address, other })];
  });
}

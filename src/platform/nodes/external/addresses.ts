import type { NodeConfig } from '../../../config/nodes/node.ts';
import type { PlatformConfig } from '../../../config/platform-config.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { isPrivateAddress, parseNetwork } from '../../../units/network.ts';
import { specialUse } from '../../../units/special-use.ts';
import { resolveFlannel } from '../../k3s/flannel.ts';
import { sortedEntries } from '../../sorted-entries.ts';
import type { Topology } from '../topology.ts';

type Named = readonly [name: string, node: NodeConfig];

/** Reports external addresses that lead nowhere or to two nodes, and clusters that K3s does not spread over networks. */
export function diagnoseExternalAddresses(config: PlatformConfig, { servers }: Topology): Diagnostic[] {
  const entries = sortedEntries(config.nodes);
  const external = entries.filter(([, { externalAddress }]) => externalAddress !== undefined);
  const [outside] = external;
  if (outside === undefined) return [];
  const at = ([name]: Named) => ['nodes', name, 'externalAddress'];
  if (entries.length < 2) {
    return [report('resolve/external-address-unused', at(outside), { name: outside[0] }, { at: 'key' })];
  }
  const [backend] = resolveFlannel(config);
  const plain = { name: outside[0], backend };
  return [
    ...(backend === 'wireguard-native'
      ? []
      : [report('resolve/external-needs-wireguard', ['k3s', 'flannelBackend'], plain)]),
    ...external.flatMap((node) => diagnoseExternal(node, entries, at(node))),
    ...entries
      .filter(([, node]) => isInside(node))
      .map(([name, { address = '' }]) =>
        report('resolve/external-address-missing', ['nodes', name], { name, address, other: outside[0] }),
      ),
    ...diagnoseServers(entries.filter(([name]) => servers.includes(name))),
  ];
}

/** Whether other networks do not reach it: what it has is private. */
function isInside({ address, externalAddress }: NodeConfig): boolean {
  return (
    externalAddress === undefined &&
    address !== undefined &&
    parseNetwork(address) !== undefined &&
    isPrivateAddress(address)
  );
}

function diagnoseExternal(
  [name, { address, externalAddress = '' }]: Named,
  entries: readonly Named[],
  path: string[],
): Diagnostic[] {
  if (parseNetwork(externalAddress) === undefined) return [];
  const use = isPrivateAddress(externalAddress) ? 'private' : specialUse(externalAddress);
  if (use !== undefined) {
    return [report('resolve/external-address-inside', path, { address: externalAddress, use })];
  }
  if (address === externalAddress) {
    return [report('resolve/external-address-own', path, { name, address }, { at: 'key' })];
  }
  const others = entries.filter(([other]) => other !== name);
  const other = others.find(
    ([before, node]) =>
      node.address === externalAddress || (node.externalAddress === externalAddress && before < name),
  );
  return other === undefined
    ? []
    : [report('resolve/external-address-twice', path, { address: externalAddress, other: other[0] })];
}

/** Servers whose inner addresses are in networks of different providers, so that etcd would have to go from outside. */
function diagnoseServers(servers: readonly Named[]): Diagnostic[] {
  const [first, ...others] = servers;
  const providerOf = ([, { provider = 'generic' }]: Named) => provider;
  const isExternal = ([, { externalAddress }]: Named) => externalAddress !== undefined;
  const apart =
    first && others.find((one) => providerOf(one) !== providerOf(first) && [one, first].some(isExternal));
  if (first === undefined || apart === undefined) return [];
  const params = {
    one: first[0],
    first: providerOf(first),
    other: apart[0],
    second: providerOf(apart),
  };
  return [report('resolve/servers-apart', ['nodes', apart[0]], params)];
}

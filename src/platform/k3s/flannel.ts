import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { isPrivateAddress } from '../../units/network.ts';
import { sortedEntries } from '../sorted-entries.ts';

export type FlannelBackend = 'vxlan' | 'wireguard-native' | 'host-gw';

/** How pods of different nodes reach each other: encrypted wherever the way may be the internet. */
export function resolveFlannel(config: PlatformConfig): readonly [FlannelBackend, Diagnostic[]] {
  const nodes = sortedEntries(config.nodes);
  const written = config.k3s?.flannelBackend;
  const isPublic = (address: string | undefined) => address === undefined || !isPrivateAddress(address);
  const exposed = nodes
    .filter(([, { address, externalAddress }]) => externalAddress !== undefined || isPublic(address))
    .map(([name]) => name);
  if (nodes.length < 2) return [written ?? 'vxlan', []];
  if (written === undefined) return [exposed.length > 0 ? 'wireguard-native' : 'vxlan', []];

  // With an external address, another backend is an error of its own.
  const external = nodes.some(([, { externalAddress }]) => externalAddress !== undefined);
  const plain = written !== 'wireguard-native' && exposed.length > 0 && !external;
  const params = { backend: written, nodes: exposed };
  return [written, plain ? [report('resolve/pods-unencrypted', ['k3s', 'flannelBackend'], params)] : []];
}

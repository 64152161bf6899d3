import type { NodeConfig } from '../../config/nodes/node.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { diagnoseAllowed } from '../gateway/networks.ts';
import { k3sPorts } from '../k3s/ports.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { isTaken } from './taken-ports.ts';

/** A port of a node that the config opens, besides those of nginx and of the cluster. */
export interface Opening {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  /** Sorted. Undefined: everyone. */
  readonly networks: readonly string[] | undefined;
  readonly reason: string;
}

/** What a node opens: SSH, the Kubernetes API of a server to named networks, and ports of other programs. */
export function openingsOf(
  { sshPort = 22, sshNetworks, ports = [] }: NodeConfig,
  role: 'server' | 'agent',
  apiNetworks: readonly string[] | undefined,
): Opening[] {
  const sorted = (networks: readonly string[] | undefined) => networks && [...networks].sort();
  return [
    { protocol: 'tcp', port: sshPort, networks: sorted(sshNetworks), reason: 'SSH' },
    ...(role === 'server' && apiNetworks
      ? [
          {
            protocol: 'tcp' as const,
            port: k3sPorts.api,
            networks: sorted(apiNetworks),
            reason: 'Kubernetes API',
          },
        ]
      : []),
    ...ports
      .map(({ protocol = 'tcp', port, networks, reason }) => ({
        protocol,
        port,
        networks: sorted(networks),
        reason,
      }))
      .sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1)),
  ];
}

/** Reports ports that are opened twice or are not for opening, and networks that are not what they seem. */
export function diagnoseOpenings({ nodes, k3s }: PlatformConfig): Diagnostic[] {
  return [
    ...diagnoseAllowed(k3s?.apiNetworks ?? [], ['k3s', 'apiNetworks'], []),
    ...sortedEntries(nodes).flatMap(([name, node]) => diagnoseNodeOpenings(['nodes', name], node)),
  ];
}

function diagnoseNodeOpenings(
  path: ConfigPath,
  { sshPort = 22, sshNetworks = [], ports = [] }: NodeConfig,
): Diagnostic[] {
  const named = ports.map(({ protocol = 'tcp', port }) => `${protocol} ${port}`);
  return [
    ...diagnoseAllowed(sshNetworks, [...path, 'sshNetworks'], []),
    ...ports.flatMap(({ protocol = 'tcp', port, networks = [] }, index) => {
      const at = [...path, 'ports', index];
      const name = `${protocol} ${port}`;
      if (protocol === 'tcp' && port === sshPort)
        return [report('resolve/port-open-already', [...at, 'port'], { port, instead: 'sshNetworks' })];
      if (protocol === 'tcp' && port === k3sPorts.api)
        return [report('resolve/port-open-already', [...at, 'port'], { port, instead: 'k3s.apiNetworks' })];
      if (isTaken(port))
        return [report('resolve/port-taken', [...at, 'port'], { port, program: 'the program' })];
      if (named.indexOf(name) < index)
        return [report('resolve/port-opened-twice', [...at, 'port'], { port })];
      return diagnoseAllowed(networks, [...at, 'networks'], []);
    }),
  ];
}

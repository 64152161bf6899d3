import type { NodeConfig } from '../../config/nodes/node.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import { sortedEntries } from '../sorted-entries.ts';

/** Who is what in a config's cluster, as far as it says; names sorted. */
export interface Topology {
  /** The server that is made first: the one that says so, or else the first by name. */
  readonly first: string;
  /** All servers, with the first one. */
  readonly servers: readonly string[];
  readonly agents: readonly string[];
  /** Where the other nodes join: the first server's address. Undefined for a single node. */
  readonly registration: string | undefined;
}

export function topologyOf(config: PlatformConfig): Topology {
  const entries = sortedEntries(config.nodes);
  const named = (nodes: readonly [string, NodeConfig][]) => nodes.map(([name]) => name);
  const servers = entries.filter(([, { role }]) => role !== 'agent');
  const first = servers.find(([, node]) => node.first) ?? servers[0] ?? entries[0];
  return {
    first: first?.[0] ?? '',
    servers: named(servers),
    agents: named(entries.filter(([, { role }]) => role === 'agent')),
    registration: entries.length > 1 ? first?.[1].address : undefined,
  };
}

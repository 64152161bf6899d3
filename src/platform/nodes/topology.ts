import type { NodeConfig, NodeRole } from '../../config/nodes/node.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { takesPods } from './taints.ts';

/** The roles of the nodes, as far as the config gives them; names sorted. */
export interface Topology {
  /** The server that is made first: the one that says so, or else the first by name. */
  readonly first: string;
  /** All servers, with the first one. */
  readonly servers: readonly string[];
  readonly agents: readonly string[];
  /**
   * Where the other nodes join: at an address of the first server. Agents may be in another network; servers never are,
   * because of etcd. Undefined for a single node.
   */
  readonly registration: Readonly<Record<NodeRole, string | undefined>>;
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
    registration:
      entries.length > 1
        ? { server: first?.[1].address, agent: first?.[1].externalAddress ?? first?.[1].address }
        : { server: undefined, agent: undefined },
  };
}

/** Reports what keeps nodes from being a cluster: servers that cannot agree, no first one, nowhere to run nginx. */
export function diagnoseTopology(config: PlatformConfig, { servers, agents }: Topology): Diagnostic[] {
  const entries = sortedEntries(config.nodes);
  const firsts = entries.filter(([, { first }]) => first).map(([name]) => name);
  const roleless = entries.length > 1 ? entries.filter(([, { role }]) => role === undefined) : [];
  const nodes = ['nodes'];
  return [
    ...roleless.map(([name]) =>
      report('resolve/node-without-role', ['nodes', name], { name, count: entries.length }),
    ),
    // What follows from a missing role or from having no server is not reported beside it.
    ...(servers.length === 0 && roleless.length === 0
      ? [report('resolve/no-server', nodes, { agents }, { at: 'key' })]
      : []),
    ...(roleless.length === 0 && servers.length > 0 && servers.length % 2 === 0
      ? [report('resolve/servers-even', nodes, { servers }, { at: 'key' })]
      : []),
    ...firsts
      .filter((name) => agents.includes(name))
      .map((name) => report('resolve/first-is-agent', ['nodes', name, 'first'], { name })),
    ...firsts
      .slice(1)
      .map((name) =>
        report('resolve/first-twice', ['nodes', name, 'first'], { name, other: firsts[0] ?? '' }),
      ),
    ...(!entries.some(([, { taints = [] }]) => takesPods(taints))
      ? [report('resolve/nothing-schedulable', nodes, undefined, { at: 'key' })]
      : []),
    ...(servers.length > 0 && entries.every(([, { nginx, role }]) => !(nginx ?? role !== 'agent'))
      ? [report('resolve/no-nginx', nodes, undefined, { at: 'key' })]
      : []),
  ];
}

import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { sortedEntries } from '../sorted-entries.ts';
import type { Topology } from './topology.ts';

/** Whether the nodes are a cluster: servers that can agree, a first one, somewhere for pods and for nginx. */
export function checkTopology(config: PlatformConfig, { servers, agents }: Topology): Diagnostic[] {
  const entries = sortedEntries(config.nodes);
  const firsts = entries.filter(([, { first }]) => first).map(([name]) => name);
  const roleless = entries.length > 1 ? entries.filter(([, { role }]) => role === undefined) : [];
  const taken = (taints: readonly string[] = []) =>
    taints.some((taint) => !taint.endsWith(':PreferNoSchedule'));
  const nodes = ['nodes'];
  return [
    ...roleless.map(([name]) =>
      report('resolve/node-without-role', ['nodes', name], { name, count: entries.length }),
    ),
    ...(servers.length === 0 ? [report('resolve/no-server', nodes, { agents }, { at: 'key' })] : []),
    // A role that is not said is not counted against anyone.
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
    ...(entries.every(([, { taints }]) => taken(taints))
      ? [report('resolve/nothing-schedulable', nodes, undefined, { at: 'key' })]
      : []),
    ...(entries.every(([, { nginx, role }]) => !(nginx ?? role !== 'agent'))
      ? [report('resolve/no-nginx', nodes, undefined, { at: 'key' })]
      : []),
  ];
}

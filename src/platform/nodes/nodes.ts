import type { NodeConfig } from '../../config/nodes/node.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { parseDuration, parseMemory } from '../../units/amounts.ts';
import { resolveFlannel } from '../k3s/flannel.ts';
import { ownPorts } from '../kernel/ports.ts';
import { diagnoseSysctls, resolveSysctls } from '../kernel/sysctls.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { diagnoseAddresses } from './addresses.ts';
import { diagnoseExternalAddresses } from './external/addresses.ts';
import type { JoinToken } from './join-tokens.ts';
import type { Node } from './node.ts';
import { diagnoseNode } from './node.ts';
import { diagnoseOpenings, openingsOf } from './openings.ts';
import { resolveNodePrice } from './plan-prices.ts';
import { diagnosePlan, planOf } from './plans.ts';
import { providers } from './providers.ts';
import { resolveProxy } from './proxy/proxy.ts';
import { diagnoseTopology, type Topology, topologyOf } from './topology.ts';

/** The nodes with their defaults, their roles and how they join. */
export function resolveNodes(config: PlatformConfig): readonly [Node[], Diagnostic[]] {
  const topology = topologyOf(config);
  const entries = sortedEntries(config.nodes);
  const diagnostics = [
    ...diagnoseTopology(config, topology),
    ...diagnoseAddresses(config, topology),
    ...diagnoseExternalAddresses(config, topology),
    ...diagnoseOpenings(config),
    ...diagnoseSysctls(config.kernel ?? {}, portsOf(config, ...entries)),
  ];
  const nodes = entries.map(([name, node]) => {
    const os = node.os ?? 'debian-12';
    const [sysctls, problems] = resolveSysctls(config.kernel ?? {}, name, os, portsOf(config, [name, node]));
    diagnostics.push(...diagnoseNode(name, node), ...diagnosePlan(name, node), ...problems);
    return resolveNode(name, node, topology, sysctls, config.k3s?.apiNetworks);
  });
  return [nodes, dropRepeats(diagnostics)];
}

/** The ports on which these nodes listen besides those that every node takes. */
function portsOf(config: PlatformConfig, ...nodes: readonly (readonly [string, NodeConfig])[]) {
  const [backend] = resolveFlannel(config);
  const openings = nodes.flatMap(([, node]) => openingsOf(node, 'agent', undefined));
  return ownPorts(openings, backend);
}

/** A server carries the platform with one small function; an agent has K3s' own requirement, and what nginx needs besides. */
const leastOf = {
  server: { memory: '4Gi', cpus: 2 },
  agent: { memory: '512Mi', cpus: 1 },
  'agent with nginx': { memory: '1Gi', cpus: 1 },
} as const;

function resolveNode(
  name: string,
  node: NodeConfig,
  topology: Topology,
  sysctls: Node['sysctls'],
  apiNetworks: readonly string[] | undefined,
): Node {
  const provider = node.provider ?? 'generic';
  const role = node.role ?? 'server';
  const first = name === topology.first;
  const nginx = node.nginx ?? role === 'server';
  const plan = planOf(node);
  const least = leastOf[role === 'agent' && nginx ? 'agent with nginx' : role];
  return {
    name,
    provider,
    userDataLimit: {
      bytes: providers[provider].userDataLimit,
      published: providers[provider].limitSource !== undefined,
    },
    os: node.os ?? 'debian-12',
    arch: node.arch ?? plan?.arch ?? 'amd64',
    role,
    first,
    joins: first ? undefined : topology.registration[role],
    tokens: tokensOf(role, topology),
    address: node.address,
    address6: node.address6,
    externalAddress: node.externalAddress,
    interface: node.interface,
    nginx,
    labels: sortedEntries(node.labels).map(([key, value]) => `${key}=${value}`),
    taints: [...(node.taints ?? [])].sort(),
    sshPort: node.sshPort ?? 22,
    openings: openingsOf(node, role, apiNetworks),
    memory: node.memory === undefined && plan ? plan.memory : parseMemory(node.memory ?? least.memory),
    cpus: node.cpus ?? plan?.cpus ?? least.cpus,
    disk: node.disk === undefined ? plan?.disk : parseMemory(node.disk),
    dataDisk: node.dataDisk,
    proxy: resolveProxy(node),
    ssh: node.ssh && { keys: [...node.ssh.keys].sort(), user: node.ssh.user },
    price: resolveNodePrice(node),
    fsyncLimit: node.fsyncLimit === undefined ? undefined : parseDuration(node.fsyncLimit),
    sysctls,
  };
}

/** A single server makes its own server token, which then is in no user-data. Agents never get to see one. */
function tokensOf(role: Node['role'], { servers, agents }: Topology): JoinToken[] {
  if (role === 'agent') return ['agent'];
  return [
    ...(servers.length > 1 ? (['server'] as const) : []),
    ...(agents.length > 0 ? (['agent'] as const) : []),
  ];
}

/** Keeps one of each diagnostic: nodes of one OS have the same problems with the kernel's settings. */
function dropRepeats(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter((diagnostic) => {
    const key = JSON.stringify([diagnostic.code, diagnostic.path, diagnostic.message]);
    return !seen.has(key) && seen.add(key);
  });
}

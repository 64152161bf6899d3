import type { PlatformConfig } from '../../config/platform-config.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { parseSize } from '../../units/amounts.ts';
import type { Node } from '../nodes/node.ts';
import type { Gateway } from './gateway.ts';
import {
  bodyWindow,
  connectionsFor,
  type NginxBudget,
  nginxBudget,
  ownMemory,
  requestMemory,
  requestsFor,
  worstMemory,
} from './memory.ts';

const mib = 1024 ** 2;

/** A limit of requests, one of connections, TLS' sessions, and the small ones. */
const zonesOfAll = 32 * mib;
/** A function's own limit of requests. */
const zoneOfFunction = 10 * mib;

/** The most requests that a quiet small platform has under way: with fewer, callers would be refused in turns. */
const fewestRequests = 32;

type Memory = Pick<
  Gateway,
  'workers' | 'connections' | 'requests' | 'requestMemory' | 'memoryLimit' | 'worstMemory'
>;

/** What nginx may hold at once, so that all of it fits in the part of the nodes' memory that it has. */
export function resolveMemory(
  config: PlatformConfig,
  nodes: readonly Node[],
  buffers: Gateway['buffers'],
): readonly [Memory, Diagnostic[]] {
  const { gateway = {}, functions } = config;
  const budget = nginxBudget(nodes);
  const bodies = [
    gateway.maxBody ?? '1m',
    ...Object.values(functions).flatMap(({ maxBody }) => maxBody ?? []),
  ];
  // The queue takes less than a function may, and holds it whole.
  const queue = Object.values(functions).some(({ async }) => async) ? [256_000] : [];
  const windows = [...bodies.map(parseSize), ...queue].map((body) => bodyWindow(body, buffers.body));
  const zones =
    zonesOfAll + zoneOfFunction * Object.values(functions).filter(({ http }) => http?.rateLimit).length;
  const perRequest = requestMemory(buffers, Math.max(...windows));
  const connections = gateway.connections ?? connectionsFor(budget, zones);
  const sizes = { workers: budget.workers, connections, requestMemory: perRequest, zones };
  const fitting = requestsFor(budget, sizes);
  const requests = gateway.requests ?? fitting;
  const memory: Memory = {
    workers: budget.workers,
    connections,
    requests,
    requestMemory: perRequest,
    memoryLimit: budget.memory,
    worstMemory: worstMemory({ ...sizes, requests }),
  };
  if (budget.node === undefined) return [memory, []];
  if (
    memory.worstMemory <= ownMemory(budget) &&
    requests >= Math.min(fewestRequests, gateway.requests ?? 65_535)
  )
    return [memory, []];
  const least = { ...sizes, requests: Math.max(requests, fewestRequests) };
  return [memory, [tooLarge(config, budget, worstMemory(least), perRequest)]];
}

function tooLarge(
  { gateway = {}, nodes }: PlatformConfig,
  budget: NginxBudget,
  needed: number,
  perRequest: number,
): Diagnostic {
  const node = budget.node ?? '';
  const written = (['requests', 'connections', 'buffers', 'maxBody'] as const).find(
    (key) => gateway[key] !== undefined,
  );
  const path: ConfigPath =
    written === undefined ? ['nodes', node, ...(nodes[node]?.plan ? ['plan'] : [])] : ['gateway', written];
  return report(
    'resolve/gateway-over-memory',
    path,
    {
      node,
      needed: mebibytes(needed),
      share: mebibytes(ownMemory(budget)),
      request: Math.ceil(perRequest / 1024),
      // A quarter of what is left is nginx's, and three quarters of that its own.
      more: mebibytes(Math.ceil(((needed - ownMemory(budget)) * 16) / 3)),
    },
    { at: 'key' },
  );
}

function mebibytes(bytes: number): number {
  return Math.ceil(bytes / mib);
}

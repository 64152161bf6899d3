import { parseCpu } from '../../units/amounts.ts';
import { nodeRooms } from '../nodes/capacity/capacity.ts';
import { sum } from '../nodes/capacity/room.ts';
import { runningPods } from '../nodes/capacity/running-pods.ts';
import { takesPods } from '../nodes/taints.ts';
import type { Platform } from '../platform.ts';
import { clientLimitsOf } from './client-limits.ts';
import { type Demand, demandsOf } from './demand.ts';

/**
 * What can be full first. `copies`: calls that the copies of a function take at a time. `copy-processors`: processors that they
 * may use. `processors`: those of the nodes. `gateway`: requests that nginx has under way. `client-rate` and
 * `client-connections`: what nginx allows the clients of a function.
 */
export type CeilingKind =
  | 'copies'
  | 'copy-processors'
  | 'processors'
  | 'gateway'
  | 'client-rate'
  | 'client-connections';

/** A limit that traffic can reach, and what the declared peak asks of it. */
export interface Ceiling {
  readonly kind: CeilingKind;
  /** The function; undefined: all share it. */
  readonly name: string | undefined;
  readonly unit: 'calls' | 'calls/s' | 'processors';
  readonly asked: number;
  readonly limit: number;
  /** Whether `asked` is known. If not, it is the most that it can be. */
  readonly known: boolean;
  /** How many times the declared peak reaches it, if all traffic grows alike. */
  readonly times: number;
}

/**
 * The processor time of nginx for one request, in seconds. Source: docs/gateway-benchmark.md, "Latest results" of
 * 2026-11-27: 34 to 61 µs, by the number of clients; the largest counts.
 */
const nginxTime = 61e-6;

/** Every limit that the traffic of a platform can reach, the one that is reached first at the beginning. */
export function ceilingsOf(platform: Platform): Ceiling[] {
  const demands = demandsOf(platform);
  const ceilings = [
    ...demands.flatMap(copiesOf),
    ...nodeProcessors(platform, demands),
    ...underWayInNginx(platform, demands),
    ...demands.flatMap((demand) => clientCeilings(platform, demand)),
  ];
  return ceilings
    .map((ceiling) => ({ ...ceiling, times: ceiling.limit / ceiling.asked }))
    .sort((a, b) => a.times - b.times);
}

type Untimed = Omit<Ceiling, 'times'>;

function copiesOf({ fn, underWay, processors, processorsKnown, copies }: Demand): Untimed[] {
  const { name, concurrency, cpu } = fn;
  const counted: Untimed[] =
    concurrency === undefined
      ? []
      : [{ kind: 'copies', name, unit: 'calls', asked: underWay, limit: copies * concurrency, known: true }];
  if (cpu.limit === undefined) return counted;
  const limit = (copies * parseCpu(cpu.limit)) / 1000;
  const own = { kind: 'copy-processors', name, unit: 'processors', asked: processors, limit } as const;
  return [...counted, { ...own, known: processorsKnown }];
}

/** The processors of the nodes that take pods, without what K3s, the system, OpenFaaS and pods of the user's own ask for. */
function nodeProcessors(platform: Platform, demands: readonly Demand[]): Untimed[] {
  if (demands.length === 0) return [];
  const usable = nodeRooms(platform).filter(({ node }) => takesPods(node.taints));
  const others = runningPods(platform).filter(({ isFunction }) => !isFunction);
  const taken = others.reduce((total, { copies, request }) => total + copies * request.cpu, 0);
  const limit = Math.max(0, sum(usable.map(({ room }) => room)).cpu - taken) / 1000;
  const withNginx = platform.nodes.filter(({ nginx }) => nginx);
  const share = withNginx.filter(({ taints }) => takesPods(taints)).length / Math.max(1, withNginx.length);
  const outside = exposed(demands).reduce((total, { traffic }) => total + traffic.peak, 0);
  const computing = demands.reduce((total, { processors }) => total + processors, 0);
  return [
    {
      kind: 'processors',
      name: undefined,
      unit: 'processors',
      asked: computing + outside * nginxTime * share,
      limit,
      known: demands.every(({ processorsKnown }) => processorsKnown),
    },
  ];
}

function underWayInNginx({ nodes, gateway }: Platform, demands: readonly Demand[]): Untimed[] {
  const outside = exposed(demands);
  if (outside.length === 0) return [];
  return [
    {
      kind: 'gateway',
      name: undefined,
      unit: 'calls',
      asked: outside.reduce((total, { underWay }) => total + underWay, 0),
      limit: nodes.filter(({ nginx }) => nginx).length * gateway.requests,
      known: true,
    },
  ];
}

function clientCeilings(platform: Platform, { fn, traffic, underWay }: Demand): Untimed[] {
  const { clients, peak } = traffic;
  const limits = clientLimitsOf(platform, fn);
  if (clients === undefined || limits === undefined) return [];
  const own = { name: fn.name, known: true };
  const { rate, connections } = limits;
  return [
    { ...own, kind: 'client-rate', unit: 'calls/s', asked: peak, limit: clients * rate },
    { ...own, kind: 'client-connections', unit: 'calls', asked: underWay, limit: clients * connections },
  ];
}

function exposed(demands: readonly Demand[]): Demand[] {
  return demands.filter(({ fn }) => fn.exposed);
}

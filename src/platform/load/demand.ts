import type { PlatformFunction } from '../functions/function.ts';
import type { Traffic } from '../functions/traffic.ts';
import { nodeRooms } from '../nodes/capacity/capacity.ts';
import { mostCopies } from '../nodes/capacity/most-copies.ts';
import { runningPods } from '../nodes/capacity/running-pods.ts';
import { takesPods } from '../nodes/taints.ts';
import type { Platform } from '../platform.ts';

/** What the peak of one function asks for. */
export interface Demand {
  readonly fn: PlatformFunction;
  readonly traffic: Traffic;
  /** Calls under way at the peak: calls a second times seconds that a call takes (Little's law). */
  readonly underWay: number;
  /** Processors that are busy at the peak. */
  readonly processors: number;
  /** Whether the config has the processor time of a call; if not, a call is counted as computing all the time. */
  readonly processorsKnown: boolean;
  /** Copies that the nodes have room for while the other functions have their least; at most `replicas.max`. */
  readonly copies: number;
}

/** What each function with traffic asks for, by name. */
export function demandsOf(platform: Platform): Demand[] {
  if (platform.functions.every(({ traffic }) => traffic === undefined)) return [];
  const running = runningPods(platform);
  const podsOf = new Map(running.filter(({ isFunction }) => isFunction).map((pods) => [pods.name, pods]));
  const rooms = nodeRooms(platform)
    .filter(({ node }) => takesPods(node.taints))
    .map(({ room }) => room);
  return platform.functions.flatMap((fn) => {
    const { traffic, replicas } = fn;
    const pods = podsOf.get(fn.name);
    if (traffic === undefined || pods === undefined) return [];
    const { peak, duration, cpuTime } = traffic;
    return [
      {
        fn,
        traffic,
        underWay: (peak * duration) / 1000,
        processors: (peak * (cpuTime ?? duration)) / 1000,
        processorsKnown: cpuTime !== undefined,
        copies: mostCopies(pods, running, rooms, replicas.max),
      },
    ];
  });
}

import { isWithin, minus, type Room } from './room.ts';

/**
 * Places pods on nodes, the largest first, each on the first node that has room. Returns those that found none. An empty
 * list proves that a placement exists. A pod that is left proves nothing, unless it is larger than every node.
 */
export function firstFitDecreasing<P extends { readonly request: Room }>(
  pods: readonly P[],
  nodes: readonly Room[],
): P[] {
  const free = [...nodes];
  const most = {
    memory: Math.max(1, ...nodes.map(({ memory }) => memory)),
    cpu: Math.max(1, ...nodes.map(({ cpu }) => cpu)),
  };
  const size = ({ request }: P) => Math.max(request.memory / most.memory, request.cpu / most.cpu);
  return [...pods]
    .sort((a, b) => size(b) - size(a))
    .filter(({ request }) => {
      const index = free.findIndex((room) => isWithin(request, room));
      const room = free[index];
      if (room === undefined) return true;
      free[index] = minus(room, request);
      return false;
    });
}

import { nginxBudget } from '../../gateway/memory.ts';
import type { Platform } from '../../platform.ts';
import type { Node } from '../node.ts';
import { allocatable, reservationsOf } from './reservations.ts';
import { noRoom, plus, type Room, sum } from './room.ts';
import { type RunningPods, runningPods } from './running-pods.ts';

const mib = 1024 ** 2;

/** A node, and what it has for pods. */
export interface NodeRoom {
  readonly node: Node;
  readonly room: Room;
}

type Sized = Pick<
  Platform,
  'nodes' | 'k3s' | 'gateway' | 'openfaas' | 'functions' | 'delivery' | 'manifests'
>;

/** What each node has for pods, also those that pods are kept away from. */
export function nodeRooms({ nodes, k3s, gateway }: Pick<Sized, 'nodes' | 'k3s' | 'gateway'>): NodeRoom[] {
  return nodes.map((node) => ({
    node,
    room: allocatable(node, reservationsOf(node, k3s.datastore, gateway.memoryLimit)),
  }));
}

/** What runs all the time, each pod by itself. */
export function podsOf(running: readonly RunningPods[]): { readonly request: Room }[] {
  return running.flatMap(({ copies, request }) => Array.from({ length: copies }, () => ({ request })));
}

/** What all pods together ask for. */
export function askedBy(running: readonly RunningPods[]): Room {
  return sum(podsOf(running).map(({ request }) => request));
}

/** The largest copy that an update starts beside the one that it replaces: without room for it the update never ends. */
export function updateRoom(running: readonly RunningPods[]): Room {
  return running
    .filter(({ surges, copies }) => surges && copies > 0)
    .reduce(
      (most, { request }) => ({
        memory: Math.max(most.memory, request.memory),
        cpu: Math.max(most.cpu, request.cpu),
      }),
      noRoom,
    );
}

/** A size in the units of the config: MiB, and whole processors. */
export interface Size {
  readonly memory: number;
  readonly cpus: number;
}

/** The smallest size of the platform's only node on which what always runs fits, with an update under way. */
export function smallestSize(platform: Sized): Size {
  const [node] = platform.nodes;
  if (node === undefined) throw new Error('a platform has a node');
  const running = runningPods(platform);
  const asked = plus(askedBy(running), updateRoom(running));
  const roomOfSize = ({ memory, cpus }: Size): Room => {
    const sized = { ...node, memory: memory * mib, cpus };
    const nginxMemory = nginxBudget([sized]).memory;
    return allocatable(sized, reservationsOf(sized, platform.k3s.datastore, nginxMemory));
  };
  return {
    memory: least(2 ** 24, (memory) => roomOfSize({ memory, cpus: 1 }).memory >= asked.memory),
    cpus: least(2 ** 10, (cpus) => roomOfSize({ memory: 0, cpus }).cpu >= asked.cpu),
  };
}

/** The least number up to a bound that is enough. What is enough stays enough as the number grows. */
function least(bound: number, isEnough: (amount: number) => boolean): number {
  let [tooFew, enough] = [0, bound];
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

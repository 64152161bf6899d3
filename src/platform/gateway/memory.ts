import type { Node } from '../nodes/node.ts';

const kib = 1024;
const mib = 1024 ** 2;

/** How much of a header nginx keeps for one request beside its first kilobyte: a line may have 16k. */
export const headerBuffers = { count: 2, size: 16 * kib };

/**
 * The most bytes of a connection that has no request under way: TLS and its buffers (14.5 KiB of an idle one were
 * measured, 24 of one that is being written to), the headers of a request that has not ended, and what is beside them.
 */
export const connectionMemory = 26 * kib + headerBuffers.count * headerBuffers.size + 2 * kib;

/** A request's own pool, its answer's headers, and the records of TLS that it is sent in. Bytes. */
const requestPool = 48 * kib;

/** A worker with nothing to do, and the part of nginx' code and conf that is its own. 5.2 MiB were measured. Bytes. */
const workerMemory = 8 * mib;

/** What of the budget is left to the kernel, which counts the sockets' buffers and the logs' pages as nginx' too. */
const ownShare = 0.75;

/** How much of its own part nginx keeps for connections, unless the config says how many there are. */
const connectionShare = 0.3;

/**
 * A body that is passed on as it arrives goes through a window of so many bytes: as many as may be held of a body, between
 * these. A client of HTTP/2 sends a window, and the next one when that has been passed on: each turn is a way there and back.
 */
const streamWindow = { least: 64 * kib, most: 256 * kib };

/** Whether nginx holds the largest body in memory before it passes it on. */
export function isHeldWhole(maxBody: number, bodyBuffer: number): boolean {
  return maxBody <= bodyBuffer;
}

/** The bytes that nginx takes for a body: a little more than the largest, because at exactly its size it goes to disk. */
export function bodyWindow(maxBody: number, bodyBuffer: number): number {
  if (isHeldWhole(maxBody, bodyBuffer)) return Math.ceil(maxBody / kib) * kib + 8 * kib;
  const { least, most } = streamWindow;
  return Math.min(most, Math.max(least, Math.floor(bodyBuffer / kib) * kib));
}

/** Bytes that one request under way can take, with the largest window that a body has. */
export function requestMemory(
  { count, size, header }: { readonly count: number; readonly size: number; readonly header: number },
  window: number,
): number {
  return window + header + count * size + requestPool;
}

/** The memory and the number of workers that nginx gets, by the smallest node that it runs on. */
export interface NginxBudget {
  /** The node that it follows from. */
  readonly node: string | undefined;
  /** Bytes, by which systemd bounds nginx. */
  readonly memory: number;
  readonly workers: number;
}

/** What K3s and the system have for themselves before nginx gets a share, in bytes. */
const keptFor = { server: 1024 * mib, agent: 384 * mib } as const;

/** A quarter of what K3s and the system leave of a node's memory. There is one conf, so the smallest node counts. */
export function nginxBudget(nodes: readonly Node[]): NginxBudget {
  const budgets = nodes
    .filter(({ nginx }) => nginx)
    .map(({ name, role, memory, cpus }) => ({
      node: name,
      memory: Math.max(0, Math.floor((memory - keptFor[role]) / 4 / mib) * mib),
      workers: cpus,
    }));
  const [first, ...others] = budgets;
  if (first === undefined) return { node: undefined, memory: 256 * mib, workers: 1 };
  const smallest = others.reduce((least, one) => (one.memory < least.memory ? one : least), first);
  return { ...smallest, workers: Math.min(...budgets.map(({ workers }) => workers)) };
}

/** What nginx is made of, in the units of its conf. */
export interface NginxSizes {
  readonly workers: number;
  /** Of each worker. */
  readonly connections: number;
  /** Of all workers. */
  readonly requests: number;
  readonly requestMemory: number;
  /** Bytes of memory that workers share: the zones of limits and of TLS. */
  readonly zones: number;
}

/** The most memory that nginx itself uses, whatever its clients do. Bytes. */
export function worstMemory({ workers, connections, requests, requestMemory, zones }: NginxSizes): number {
  return workers * (workerMemory + connections * connectionMemory) + zones + requests * requestMemory;
}

/** What of a budget is nginx' own. */
export function ownMemory({ memory }: NginxBudget): number {
  return Math.floor(memory * ownShare);
}

const fewestConnections = 512;
const mostConnections = 8192;
/** nginx keeps the number of a limit in 16 bits. */
const mostRequests = 65_535;

/** As many connections as fit in their share: from 512 to 8192 for a worker. */
export function connectionsFor(budget: NginxBudget, zones: number): number {
  const { workers } = budget;
  const share = (ownMemory(budget) - zones - workers * workerMemory) * connectionShare;
  const fitting = Math.floor(share / workers / connectionMemory / 64) * 64;
  return Math.min(mostConnections, Math.max(fewestConnections, fitting));
}

/** As many requests under way as fit beside the connections. */
export function requestsFor(budget: NginxBudget, sizes: Omit<NginxSizes, 'requests'>): number {
  const left = ownMemory(budget) - worstMemory({ ...sizes, requests: 0 });
  return Math.min(mostRequests, Math.max(0, Math.floor(left / sizes.requestMemory)));
}

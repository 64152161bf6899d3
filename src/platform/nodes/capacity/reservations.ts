import type { NodeRole } from '../../../config/nodes/node.ts';
import { k3sRequests } from './k3s-requests.ts';
import { minus, plus, type Room, sum } from './room.ts';

const mib = 1024 ** 2;

/** What the kubelet keeps away from pods. */
export interface Reservations {
  /** For the system and nginx. */
  readonly system: Room;
  /** For K3s itself. */
  readonly kube: Room;
  /** Bytes of free memory below which the kubelet evicts pods. */
  readonly eviction: number;
}

/**
 * The memory that a node takes before the first pod of the platform, in MiB, and the thousandths of a core.
 *
 * Source: docs.k3s.io, "Resource Profiling" (K3s 1.26.5, the 95th percentile of `kubectl top node`, so the system is
 * within it, and K3s' own pods on a server): 1428 M for a server with SQLite and 1450 M with etcd, 275 M for an agent; 30 % and 10 %
 * of a core on the slower of the two processors.
 */
const nodeTakes = {
  sqlite: { memory: 1428, cpu: 300 },
  etcd: { memory: 1450, cpu: 300 },
  agent: { memory: 275, cpu: 100 },
} as const;

/** The system's part of that memory, and what it gets of a core besides. The kubelet subtracts both parts alike. */
const systemTakes: Room = { memory: 128 * mib, cpu: 100 };

/** What K3s' own pods on a server take of that memory. They ask for it themselves, so it is not kept from pods. */
const ownPods = sum(k3sRequests).memory;

/** The kubelet's own default, which K3s drops. */
const evictionMemory = 100 * mib;

export interface ReservingNode {
  readonly role: NodeRole;
  readonly nginx: boolean;
}

/** What a node keeps for itself. `nginxMemory`: the bytes by which systemd bounds nginx. */
export function reservationsOf(
  { role, nginx }: ReservingNode,
  datastore: 'sqlite' | 'etcd',
  nginxMemory: number,
): Reservations {
  const takes = nodeTakes[role === 'agent' ? 'agent' : datastore];
  const elsewhere = systemTakes.memory + (role === 'server' ? ownPods : 0);
  return {
    system: plus(systemTakes, { memory: nginx ? nginxMemory : 0, cpu: 0 }),
    kube: { memory: takes.memory * mib - elsewhere, cpu: takes.cpu },
    eviction: evictionMemory,
  };
}

/** The part of a plan's memory that every machine of it has: 4 GB in decimal units, less what its kernel keeps, is 90 % of 4 GiB. */
const countedShare = 0.9;

/** The bytes of a plan's memory that are counted on, in whole MiB. `apply.sh` refuses a machine with less. */
export function countedMemory(memory: number): number {
  return Math.floor((memory * countedShare) / mib) * mib;
}

/** What is left to pods. Negative where the node is too small for what it keeps. */
export function allocatable(
  { memory, cpus }: { readonly memory: number; readonly cpus: number },
  { system, kube, eviction }: Reservations,
): Room {
  const whole = { memory: countedMemory(memory), cpu: cpus * 1000 };
  return minus(minus(whole, plus(system, kube)), { memory: eviction, cpu: 0 });
}

/**
 * The reservations as the kubelet's arguments. Eviction names all four signals, because one that is set drops the
 * defaults of the others. Those of disks are K3s' own, and inodes the kubelet's.
 */
export function reservationArguments({ system, kube, eviction }: Reservations): string[] {
  const reserved = ({ memory, cpu }: Room) => `memory=${memory / mib}Mi,cpu=${cpu}m`;
  return [
    `system-reserved=${reserved(system)}`,
    `kube-reserved=${reserved(kube)}`,
    `eviction-hard=memory.available<${eviction / mib}Mi,nodefs.available<5%,imagefs.available<5%,nodefs.inodesFree<5%`,
    // After five minutes by itself, through which a disk that has room again takes no pods.
    'eviction-pressure-transition-period=30s',
  ];
}

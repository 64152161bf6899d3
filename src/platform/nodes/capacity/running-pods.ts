import type { ConfigPath } from '../../../diagnostics/diagnostic.ts';
import { replicasOf, requestOf } from '../../delivery/manifests/amounts.ts';
import { titleOf } from '../../delivery/manifests/own-object.ts';
import type { PlatformFunction } from '../../functions/function.ts';
import type { OpenFaas } from '../../openfaas/openfaas.ts';
import { partRequests, proPart } from '../../openfaas/parts.ts';
import type { Platform } from '../../platform.ts';
import { takesPods } from '../taints.ts';
import { k3sRequests } from './k3s-requests.ts';
import { plus, type Room, roomOf } from './room.ts';

/** Pods of one kind that run all the time. */
export interface RunningPods {
  readonly name: string;
  readonly copies: number;
  readonly request: Room;
  /** Whether an update starts a new copy beside the old one. */
  readonly surges: boolean;
  /** Whether it is a function, by its name. */
  readonly isFunction: boolean;
  /** Where the config has it, for an object of the user's own. */
  readonly path?: ConfigPath;
}

/** Flux' two controllers that run here, each with its chart's request. Argo CD's chart asks for nothing. */
const fluxPods = ['source-controller', 'kustomize-controller'].map((name) =>
  part(name, roomOf({ cpu: '100m', memory: '64Mi' })),
);

/** Everything that runs before the first call. Jobs of schedules are not in it: they come and go. */
export function runningPods({
  openfaas,
  functions,
  delivery,
  manifests,
  nodes,
}: Pick<Platform, 'openfaas' | 'functions' | 'delivery' | 'manifests' | 'nodes'>): RunningPods[] {
  return [
    ...k3sRequests.map((request) => ({ ...part("K3s' own pods", request), surges: false })),
    ...(delivery.mode === 'gitops' && delivery.tool === 'flux' ? fluxPods : []),
    ...openfaasPods(openfaas),
    ...functions.map(functionPods),
    ...ownPods(manifests, nodes.filter(({ taints }) => takesPods(taints)).length),
  ];
}

/** The pods of the user's own manifests. */
function ownPods(manifests: Platform['manifests'], nodes: number): RunningPods[] {
  const objects = manifests.map(({ object }) => object);
  return manifests.flatMap(({ object, path }) => {
    const copies = replicasOf(object, objects, nodes);
    if (copies === 0) return [];
    const surges = object.kind === 'Deployment' && object.body.spec?.strategy?.type !== 'Recreate';
    return [{ name: titleOf(object), copies, request: requestOf(object), surges, isFunction: false, path }];
  });
}

function functionPods({ name, replicas, memory, cpu }: PlatformFunction): RunningPods {
  const request = roomOf({ memory: memory.request, cpu: cpu.request });
  return { name, copies: replicas.min, request, surges: true, isFunction: true };
}

function openfaasPods({ edition, async, autoscaling }: OpenFaas): RunningPods[] {
  const gateway = part('gateway', plus(roomOf(partRequests.gateway), roomOf(partRequests.provider)));
  const prometheus = { ...part('prometheus', roomOf(partRequests.prometheus)), surges: false };
  if (edition === 'pro') return [gateway, prometheus, { ...part('Pro', roomOf(proPart)), copies: 4 }];
  return [
    gateway,
    prometheus,
    ...(autoscaling ? [part('alertmanager', roomOf(partRequests.alertmanager))] : []),
    ...(async
      ? [part('nats', roomOf(partRequests.nats)), part('queue-worker', roomOf(partRequests.queueWorker))]
      : []),
  ];
}

function part(name: string, request: Room): RunningPods {
  return { name, copies: 1, request, surges: true, isFunction: false };
}

import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { quantityValue } from '../../../kubernetes/quantity.ts';
import { k3sRequests } from '../../../platform/nodes/capacity/k3s-requests.ts';
import { countedMemory } from '../../../platform/nodes/capacity/reservations.ts';
import { isWithin, noRoom, plus, type Room, sum } from '../../../platform/nodes/capacity/room.ts';
import { takesPods } from '../../../platform/nodes/taints.ts';
import type { Dist, DistNode, ManifestObject } from '../../dist.ts';
import { placeOf, podOf, titleOf } from '../../kubernetes/body.ts';
import { everyObject } from '../../kubernetes/every-object.ts';
import { kubeletArgument } from '../../kubernetes/kubelet-argument.ts';
import type { Rule } from '../rule.ts';

const mib = 1024 ** 2;

/**
 * The nodes have room for the pods that always run: what they ask for, what each kubelet keeps for K3s, nginx and the
 * system, and the memory at which it evicts are together no more than the nodes have. Pods of a chart are not seen here.
 */
export const podsFit: Rule = {
  name: 'pods-fit',
  harm: 'reachability',
  loss: 'Pods would wait for room forever, and which ones run would depend on their order.',
  check: (dist) => {
    const rooms = dist.nodes
      .filter(({ k3sConfig }) => takesPods([k3sConfig['node-taint'] ?? []].flat().map(String)))
      .map((node) => roomOn(dist, node));
    return [...tooLarge(dist, rooms), ...tooMany(dist, rooms)];
  },
};

function roomOn({ lock }: Dist, node: DistNode): Room {
  const { memory, cpus } = lock.nodes.find(({ name }) => name === node.name) ?? {
    memory: Number.NaN,
    cpus: Number.NaN,
  };
  const kept = ['system-reserved', 'kube-reserved'].map((name) => reserved(kubeletArgument(node, name)));
  const eviction = /(?:^|,)memory\.available<(\w+)/.exec(kubeletArgument(node, 'eviction-hard') ?? '')?.[1];
  const all = plus(sum(kept), { memory: quantityValue(eviction ?? 'none'), cpu: 0 });
  return { memory: countedMemory(memory) - all.memory, cpu: cpus * 1000 - all.cpu };
}

/** `memory=128Mi,cpu=100m`; not a number where one of them is missing. */
function reserved(text = ''): Room {
  const amounts = Object.fromEntries(text.split(',').map((pair) => pair.split('=')));
  return {
    memory: quantityValue(amounts.memory ?? 'none'),
    cpu: 1000 * quantityValue(amounts.cpu ?? 'none'),
  };
}

function tooLarge(dist: Dist, rooms: readonly Room[]): Diagnostic[] {
  const objects = everyObject(dist);
  return objects
    .filter((object) => copiesOf(object, objects) > 0)
    .filter((object) => !rooms.some((room) => isWithin(requestOf(object), room)))
    .map((object) =>
      report(
        'verify/pod-without-room',
        [],
        { object: titleOf(object), asked: told(requestOf(object)) },
        { artifact: placeOf(object) },
      ),
    );
}

function tooMany(dist: Dist, rooms: readonly Room[]): Diagnostic[] {
  const objects = everyObject(dist);
  const asked = objects.reduce((all, object) => {
    const one = requestOf(object);
    const copies = object.kind === 'DaemonSet' ? rooms.length : copiesOf(object, objects);
    return plus(all, { memory: copies * one.memory, cpu: copies * one.cpu });
  }, sum(k3sRequests));
  const there = sum(rooms);
  if (isWithin(asked, there)) return [];
  return [report('verify/pods-without-room', [], { asked: told(asked), there: told(there) })];
}

interface Scaled {
  readonly replicas?: number;
  readonly minReplicas?: number;
  readonly scaleTargetRef?: { readonly name: string };
}

/** How many pods of it always run. Those of Jobs come and go. */
function copiesOf(object: ManifestObject, objects: readonly ManifestObject[]): number {
  if (object.kind === 'DaemonSet') return 1;
  if (object.kind !== 'Deployment' && object.kind !== 'StatefulSet') return 0;
  const autoscaler = objects
    .filter(({ kind, namespace }) => kind === 'HorizontalPodAutoscaler' && namespace === object.namespace)
    .map(({ body }) => body.spec as Scaled)
    .find(({ scaleTargetRef }) => scaleTargetRef?.name === object.name);
  return (object.body.spec as Scaled).replicas ?? autoscaler?.minReplicas ?? 1;
}

/** What all containers of one of its pods ask for together. */
function requestOf(object: ManifestObject): Room {
  return (podOf(object)?.containers ?? [])
    .map(({ resources }) => ({
      memory: quantityValue(resources?.requests?.memory ?? 0),
      cpu: 1000 * quantityValue(resources?.requests?.cpu ?? 0),
    }))
    .reduce(plus, noRoom);
}

function told({ memory, cpu }: Room): string {
  return `${Math.ceil(memory / mib)} MiB and ${Math.ceil(cpu) / 1000} processors`;
}

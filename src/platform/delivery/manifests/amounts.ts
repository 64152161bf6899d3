import { quantityValue } from '../../../kubernetes/quantity.ts';
import type { Room } from '../../nodes/capacity/room.ts';
import { type OwnObject, podOf } from './own-object.ts';

/** How many pods of an object always run. Those of Jobs come and go. */
export function replicasOf(object: OwnObject, all: readonly OwnObject[], nodes: number): number {
  if (object.kind === 'DaemonSet') return nodes;
  if (object.kind !== 'Deployment' && object.kind !== 'StatefulSet') return 0;
  const scaler = all
    .filter(({ kind, namespace }) => kind === 'HorizontalPodAutoscaler' && namespace === object.namespace)
    .find(({ body: { spec } }) => spec?.scaleTargetRef?.name === object.name);
  return object.body.spec?.replicas ?? scaler?.body.spec?.minReplicas ?? 1;
}

/** What one of its pods asks for: all containers together, or one that prepares them if that is more. */
export function requestOf(object: OwnObject): Room {
  const { containers = [], initContainers = [] } = podOf(object)?.pod ?? {};
  const amount = (what: 'memory' | 'cpu', scale: number) => {
    const of = ({ resources = {} }: (typeof containers)[number]) =>
      scale * quantityValue(resources.requests?.[what] ?? 0);
    const together = containers.reduce((sum, container) => sum + of(container), 0);
    return Math.max(together, ...initContainers.map(of));
  };
  return { memory: amount('memory', 1), cpu: amount('cpu', 1000) };
}

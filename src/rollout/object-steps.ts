import { isDeepStrictEqual } from 'node:util';
import type { Dist, ManifestObject } from '../verify/dist.ts';
import { titleOf } from '../verify/kubernetes/body.ts';
import { everyObject } from '../verify/kubernetes/every-object.ts';
import type { RolloutStep } from './step.ts';

/** Fields that the Kubernetes API does not let anyone change. Source: its reference and validation. */
const immutable: Readonly<Record<string, readonly string[]>> = {
  ClusterRoleBinding: ['roleRef'],
  DaemonSet: ['spec.selector'],
  Deployment: ['spec.selector'],
  Job: ['spec.selector', 'spec.template'],
  PersistentVolumeClaim: ['spec.accessModes', 'spec.storageClassName', 'spec.volumeName'],
  PriorityClass: ['value', 'preemptionPolicy'],
  RoleBinding: ['roleRef'],
  Service: ['spec.clusterIP'],
  StatefulSet: ['spec.selector', 'spec.serviceName', 'spec.volumeClaimTemplates'],
};

/** Steps for objects that the delivery can neither change nor delete. */
export function objectSteps(before: Dist, after: Dist): RolloutStep[] {
  const now = new Map(everyObject(after).map((object) => [identity(object), object]));
  const fixed = everyObject(before).flatMap((object) =>
    (immutable[object.kind] ?? [])
      .filter((field) => {
        const other = now.get(identity(object));
        return other && !isDeepStrictEqual(fieldOf(object, field), fieldOf(other, field));
      })
      .map((field) => `${deletion(object)} first: its ${field} cannot be changed in place`),
  );
  return [
    { way: 'by-hand', node: undefined, what: [...fixed, ...left(before, after, now), ...lost(before, now)] },
  ];
}

/** Objects of a file that K3s no longer gets: K3s does not delete those. */
function left(before: Dist, after: Dist, now: ReadonlyMap<string, ManifestObject>): string[] {
  const files = new Set(after.nodes.flatMap(({ files }) => [...files.keys()]));
  return before.nodes
    .flatMap(({ objects }) => objects)
    .filter((object) => !files.has(object.path.split('#')[1] ?? '') && !now.has(identity(object)))
    .map((object) => `${deletion(object)}: K3s keeps the objects of a file that was removed`);
}

/** The user's own objects that K3s or the GitOps tool deletes, and what is stored in them. */
function lost(before: Dist, now: ReadonlyMap<string, ManifestObject>): string[] {
  return before.ownObjects
    .filter(({ kind }) => kind === 'Namespace' || kind === 'PersistentVolumeClaim')
    .filter((object) => !now.has(identity(object)))
    .map((object) => `copy what ${titleOf(object)} stores first: it is deleted, with its data`);
}

function identity({ apiVersion, kind, namespace, name }: ManifestObject): string {
  return [apiVersion.replace(/\/?v\d\w*$/, ''), kind, namespace, name].join('/');
}

function deletion({ kind, namespace, name }: ManifestObject): string {
  const scope = namespace === undefined ? '' : ` --namespace ${namespace}`;
  return `kubectl${scope} delete ${kind.toLowerCase()} ${name}`;
}

function fieldOf({ body }: ManifestObject, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => Object(value)[key], body);
}

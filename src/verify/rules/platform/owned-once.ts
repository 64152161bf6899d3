import { report } from '../../../diagnostics/report.ts';
import type { ManifestObject } from '../../dist.ts';
import { everyObject } from '../../kubernetes/every-object.ts';
import type { Rule } from '../rule.ts';

/** With delivery by Git, no object is both handed to K3s by a node and taken from the repository: they would fight over it. */
export const ownedOnce: Rule = {
  name: 'owned-once',
  harm: 'ownership',
  loss: "K3s and the GitOps tool would undo each other's changes.",
  check: (dist) => {
    const { lock, nodes, resources } = dist;
    if (lock.delivery.mode === 'embedded') return [];
    const listed = new Set(resources.map((file) => `manifests/${file}`));
    const fromGit = new Set(
      everyObject(dist)
        .filter(({ path }) => listed.has(path))
        .map(identity),
    );
    return nodes
      .flatMap((node) => node.objects)
      .filter((object) => fromGit.has(identity(object)))
      .map((object) =>
        report('verify/owned-twice', [], { object: identity(object) }, { artifact: { path: object.path } }),
      );
  },
};

/** The version of an API is no part of an object's name. */
function identity({ apiVersion, kind, namespace, name }: ManifestObject): string {
  const group = apiVersion.includes('/') ? `${apiVersion.split('/', 1)}/` : '';
  return `${group}${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

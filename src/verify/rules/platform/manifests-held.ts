import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { diagnoseOwnObjects } from '../../../platform/delivery/manifests/diagnose.ts';
import { refusalOf } from '../../../platform/delivery/manifests/kinds.ts';
import { ownObject } from '../../../platform/delivery/manifests/own-object.ts';
import type { Dist, ManifestObject } from '../../dist.ts';
import { placeOf, titleOf } from '../../kubernetes/body.ts';
import type { Rule } from '../rule.ts';

/**
 * The user's own objects are those that the lock file lists, and each is as the config would have had to have it: in a
 * namespace of its own, without rights over the cluster or a node, without a way in from outside, and counted.
 */
export const manifestsHeld: Rule = {
  name: 'manifests-held',
  harm: 'confinement',
  loss: "An object that was put among the user's own could take the node, or the platform.",
  check: (dist) => [...unlisted(dist), ...refused(dist)],
};

function unlisted({ lock, ownObjects }: Dist): Diagnostic[] {
  const listed = Object.values(lock.manifests ?? {}).flat();
  const found = ownObjects.map(titleOf);
  return [
    ...found
      .filter((object) => !listed.includes(object))
      .map((object) => report('verify/manifest-unlisted', [], { object, where: 'manifests/80-own.yaml' })),
    ...listed
      .filter((object) => !found.includes(object))
      .map((object) => report('verify/manifest-unlisted', [], { object, where: 'platform.lock.json' })),
  ];
}

function refused({ lock, ownObjects }: Dist): Diagnostic[] {
  const held = diagnoseOwnObjects(
    ownObjects.map(({ body }) => ownObject(body)),
    lock.functions.map(({ name }) => name),
  );
  return ownObjects.flatMap((object, index) => [
    ...kindOf(object),
    ...(held[index] ?? [])
      .filter(({ severity }) => severity === 'error')
      .map(({ message, hint }) => refusal(object, message, hint)),
  ]);
}

function kindOf(object: ManifestObject): Diagnostic[] {
  const found = refusalOf(object.apiVersion, object.kind);
  return found === undefined
    ? []
    : [refusal(object, `${titleOf(object)} is of a kind that is refused: ${found.why}`, found.instead)];
}

function refusal(object: ManifestObject, fact: string, next: string): Diagnostic {
  return report('verify/manifest-refused', [], { fact, next }, { artifact: placeOf(object) });
}

import { report } from '../../../diagnostics/report.ts';
import type { Dist, ManifestObject } from '../../dist.ts';
import { placeOf, titleOf } from '../../kubernetes/body.ts';
import { podsIn } from '../../kubernetes/pod.ts';
import type { Rule } from '../rule.ts';

/** What nothing of the platform uses waits for somebody who will: a role, an account, a configuration, a scaler. */
export const nothingUnused: Rule = {
  name: 'nothing-unused',
  harm: 'confinement',
  loss: 'A role or an account would lie ready for somebody to take.',
  check: (dist) =>
    dist.objects
      .filter((object) => !isUsed(dist, object))
      .map((object) =>
        report('verify/object-unused', [], { object: titleOf(object) }, { artifact: placeOf(object) }),
      ),
};

function isUsed(dist: Dist, { kind, namespace, name, body }: ManifestObject): boolean {
  const pods = podsIn(dist).filter((pod) => pod.namespace === namespace);
  switch (kind) {
    case 'ServiceAccount':
      return pods.some(({ spec }) => spec.serviceAccountName === name);
    case 'ConfigMap':
      return pods.some(({ spec }) => spec.volumes?.some(({ configMap }) => configMap?.name === name));
    case 'Role':
      return dist.objects.some(
        (object) =>
          object.kind === 'RoleBinding' &&
          object.namespace === namespace &&
          (object.body as { roleRef?: { name?: string } }).roleRef?.name === name,
      );
    case 'HorizontalPodAutoscaler': {
      const { scaleTargetRef } = (body.spec ?? {}) as { scaleTargetRef?: { name?: string } };
      return pods.some(({ owner }) => owner === name && owner === scaleTargetRef?.name);
    }
    default:
      return true;
  }
}

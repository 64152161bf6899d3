import { report } from '../../../diagnostics/report.ts';
import { refusedFields } from '../../../kubernetes/pod-security.ts';
import { minorOf } from '../../../platform/k3s/versions.ts';
import type { Dist } from '../../dist.ts';
import { podsIn } from '../../kubernetes/pod.ts';
import type { Rule } from '../rule.ts';

const level = 'pod-security.kubernetes.io/enforce';
const version = 'pod-security.kubernetes.io/enforce-version';

/** Every namespace enforces the level `restricted`, and every pod in it is one that Kubernetes then admits. */
export const podsAdmitted: Rule = {
  name: 'pods-admitted',
  harm: 'confinement',
  loss: 'A pod could have rights on its node, or would not be admitted at all.',
  check: (dist) => {
    // The chart's own pods ask for more.
    const charted = dist.lock.openfaas.install === 'helm';
    return [
      ...ownNamespaces(dist)
        .filter(({ enforced }) => enforced !== 'restricted' && !(charted && enforced === 'baseline'))
        .map(({ name, enforced }) =>
          report('verify/namespace-lax', [], { name, enforced: enforced ?? 'nothing' }),
        ),
      // What an older Kubernetes meant by it is less.
      ...ownNamespaces(dist)
        .filter(({ asOf }) => asOf !== `v${minorOf(dist.lock.k3s.version)}`)
        .map(({ name, enforced, asOf }) =>
          report('verify/namespace-lax', [], { name, enforced: `${enforced} of ${asOf ?? 'any version'}` }),
        ),
      ...podsIn(dist).flatMap(({ kind, namespace, owner, spec }) =>
        refusedFields(spec).map((field) =>
          report('verify/pod-not-admitted', [], { pod: `${kind} ${namespace}/${owner}`, ...field }),
        ),
      ),
    ];
  },
};

function ownNamespaces({ objects }: Dist) {
  return objects
    .filter(({ kind, name }) => kind === 'Namespace' && /^openfaas(-fn)?$/.test(name))
    .map(({ name, body }) => {
      const { labels } = body.metadata as { labels?: Record<string, string> };
      return { name, enforced: labels?.[level], asOf: labels?.[version] };
    });
}

import { report } from '../../../diagnostics/report.ts';
import { placeOf, titleOf } from '../../kubernetes/body.ts';
import { podsIn } from '../../kubernetes/pod.ts';
import type { Rule } from '../rule.ts';

interface Budget {
  readonly minAvailable?: unknown;
  readonly maxUnavailable?: unknown;
  readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
}

/** A budget for disruptions says how many, and of which pods. */
export const disruptionsLimited: Rule = {
  name: 'disruptions-limited',
  harm: 'lost calls',
  loss: 'Emptying a node could stop every copy of a part at once.',
  check: (dist) =>
    dist.objects
      .filter(({ kind }) => kind === 'PodDisruptionBudget')
      .flatMap((budget) => {
        const { minAvailable, maxUnavailable, selector } = budget.body.spec as Budget;
        const wanted = Object.entries(selector?.matchLabels ?? {});
        const selects = podsIn(dist).some(
          ({ namespace, labels }) =>
            namespace === budget.namespace && wanted.every(([key, value]) => labels[key] === value),
        );
        const at = { artifact: placeOf(budget) };
        return [
          ...((minAvailable ?? maxUnavailable) === undefined
            ? [report('verify/disruption-unlimited', [], { budget: titleOf(budget) }, at)]
            : []),
          ...(wanted.length > 0 && selects
            ? []
            : [report('verify/budget-for-no-pods', [], { budget: titleOf(budget) }, at)]),
        ];
      }),
};

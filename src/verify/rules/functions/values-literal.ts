import { report } from '../../../diagnostics/report.ts';
import { podsIn } from '../../kubernetes/pod.ts';
import type { Rule } from '../rule.ts';

/** No value of a variable of a function holds a reference that Kubernetes would replace: `$(NAME)`, unless `$$(NAME)`. */
export const valuesLiteral: Rule = {
  name: 'values-literal',
  harm: 'reachability',
  loss: 'A function would read another value than the one in the config.',
  check: (dist) =>
    podsIn(dist)
      .filter(({ namespace }) => namespace === 'openfaas-fn')
      .flatMap(({ spec }) => spec.containers)
      .flatMap(({ name: container, env = [] }) =>
        env.flatMap(({ name: variable, value = '' }) => {
          const reference = /(?<!\$)(?:\$\$)*(\$\([^)]*\))/.exec(value)?.[1];
          return reference === undefined
            ? []
            : [report('verify/value-expanded', [], { container, variable, reference })];
        }),
      ),
};

import { report } from '../../../diagnostics/report.ts';
import type { Rule } from '../rule.ts';

/** Kubernetes calls a node by the name that it has in the config: what is placed on it by name finds it. */
export const oneName: Rule = {
  name: 'one-name',
  harm: 'reachability',
  loss: 'Pods that belong on a node would wait for it for ever, and a drain would empty another one.',
  check: ({ nodes }) =>
    nodes
      .filter(({ name, k3sConfig }) => k3sConfig['node-name'] !== name)
      .map(({ name, k3sConfig, path }) =>
        report(
          'verify/node-named-otherwise',
          [],
          { node: name, named: String(k3sConfig['node-name']) },
          { artifact: { path } },
        ),
      ),
};

import { report } from '../../../diagnostics/report.ts';
import { lostNodeArguments } from '../../../platform/k3s/lost-nodes.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { Rule } from '../rule.ts';

/** Pods leave a node that is lost soon, where another node can take them. */
export const lostNodesLeft: Rule = {
  name: 'lost-nodes-left',
  harm: 'reachability',
  loss: 'If the node that has the gateway were lost, no function would answer for six minutes.',
  check: ({ nodes }) =>
    nodes.flatMap(({ name, role, path, k3sConfig }) => {
      if (role === 'agent' || nodes.length < 2) return [];
      const given = k3sConfig['kube-apiserver-arg'];
      return lostNodeArguments
        .filter((argument) => !(Array.isArray(given) && given.includes(argument)))
        .map((argument) =>
          report(
            'verify/lost-node-kept',
            [],
            { node: name, argument },
            { artifact: { path: `${path}#${places.k3sConfig}` } },
          ),
        );
    }),
};

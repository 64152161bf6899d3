import { report } from '../../../diagnostics/report.ts';
import type { Rule } from '../rule.ts';

/** K3s' own parts that would take ports 80 and 443 of each node by address translation, before nginx sees them. */
const takers = ['traefik', 'servicelb'];

/** Nothing but nginx takes ports 80 and 443. Pods and Services that could are the business of `nothingExposed`. */
export const portsForNginx: Rule = {
  name: 'ports-for-nginx',
  harm: 'reachability',
  loss: 'nginx would not get ports 80 and 443.',
  check: ({ nodes }) =>
    nodes.flatMap(({ path, k3sConfig, role }) => {
      // Servers decide for their agents.
      if (role === 'agent') return [];
      const disabled = Array.isArray(k3sConfig.disable) ? k3sConfig.disable : [];
      return takers
        .filter((taker) => !disabled.includes(taker))
        .flatMap((taker) =>
          [80, 443].map((port) =>
            report('verify/port-taken', [], { port, by: `K3s' ${taker}` }, { artifact: { path } }),
          ),
        );
    }),
};

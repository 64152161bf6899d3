import { report } from '../../../diagnostics/report.ts';
import { nginxTarget } from '../../../nginx/targets.ts';
import { atLeast } from '../../../nginx/versions.ts';
import { withoutChallenges } from '../../nginx/challenges.ts';
import { nginxClosedRules, nginxHouseRules } from '../../nginx/house-rules.ts';
import { checkNginxRules } from '../../nginx/rules.ts';
import type { Rule } from '../rule.ts';

/** nginx does for strangers, clients and what is behind it what a gateway of ours does. */
export const confOfAGateway: Rule = {
  name: 'conf-of-a-gateway',
  harm: 'exposure',
  loss: 'Strangers, or clients past their rights, would get further than nginx should let them.',
  check: ({ nginx, lock }) =>
    nginx.flatMap(({ path, statements }) => {
      const [oldest] = lock.nodes
        .filter((node) => node.nginx)
        .map(({ os }) => nginxTarget(os, lock.gateway.packages.source))
        .sort((a, b) => (atLeast(a.nginx, b.nginx) ? 1 : -1));
      if (oldest === undefined) return [];
      const file = path.endsWith('nginx.conf') ? 'main' : 'http';
      const options = { file, ...oldest } as const;
      return [
        ...checkNginxRules(withoutChallenges(statements), options, nginxHouseRules),
        ...checkNginxRules(statements, options, nginxClosedRules),
      ].map(({ rule, message, line }) =>
        report(
          'verify/gateway-otherwise',
          [],
          { rule, message },
          { artifact: { path, ...(line && { line }) } },
        ),
      );
    }),
};

import { report } from '../../../../diagnostics/report.ts';
import { own } from '../../../../nginx/scope.ts';
import { otherPlaces } from '../../../../platform/nodes/places.ts';
import { at, blocksOf, confsOf } from '../../../nginx/conf.ts';
import type { Rule } from '../../rule.ts';

const included = otherPlaces.nginxConfs;

/** nginx.conf takes the place of the package's, so it includes what the package's does: the servers. */
export const confIncluded: Rule = {
  name: 'conf-included',
  harm: 'reachability',
  loss: 'nginx would start without a single server, and answer nobody.',
  check: (dist) =>
    confsOf(dist)
      .filter(({ file }) => file === 'main')
      .filter(
        ({ scopes }) =>
          !blocksOf(scopes, 'http').some((http) =>
            own(http, 'include').some(({ args }) => args[0] === included),
          ),
      )
      .map((conf) => report('verify/conf-not-included', [], { included }, at(conf, undefined))),
};

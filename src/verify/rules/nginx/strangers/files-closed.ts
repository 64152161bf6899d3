import { report } from '../../../../diagnostics/report.ts';
import { own } from '../../../../nginx/scope.ts';
import { at, blocksOf, clientConfsOf, pathOf, titleOfBlock } from '../../../nginx/conf.ts';
import type { Rule } from '../../rule.ts';

/** Whatever has none of these, nginx answers from a directory that its package chose. */
const answers = ['proxy_pass', 'return', 'try_files', 'stub_status'];

/** Files of a disk are served to the certificate authority alone: every other request finds a location that answers. */
export const filesClosed: Rule = {
  name: 'files-closed',
  harm: 'exposure',
  loss: "Strangers could read files of a node's disk.",
  check: (dist) =>
    clientConfsOf(dist).flatMap((conf) => {
      const served = blocksOf(conf.scopes, 'location').filter((location) =>
        own(location, 'root').length > 0
          ? pathOf(location) !== '^~ /.well-known/acme-challenge/'
          : !location.directives.some(({ directive }) => answers.includes(directive)),
      );
      const open = blocksOf(conf.scopes, 'server')
        .filter((server) => own(server, 'return').length === 0)
        .filter((server) => !blocksOf(conf.scopes, 'location', server).some((one) => pathOf(one) === '/'));
      return [...served, ...open].map((scope) =>
        report('verify/files-served', [], { place: titleOfBlock(scope) }, at(conf, scope.head)),
      );
    }),
};

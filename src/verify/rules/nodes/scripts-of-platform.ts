import { report } from '../../../diagnostics/report.ts';
import { places } from '../../../platform/nodes/places.ts';
import { shellOf } from '../../read/apply-script.ts';
import type { Rule } from '../rule.ts';

/**
 * Every apply.sh is for the platform that the lock file names. A machine keeps the name of its own and refuses another
 * one's, so that no stage is installed over another; with a wrong name in it, it would let the wrong one through.
 */
export const scriptsOfPlatform: Rule = {
  name: 'scripts-of-platform',
  harm: 'lost data',
  loss: 'One platform would be installed over another one.',
  check: ({ lock, nodes }) =>
    nodes.flatMap((node) => {
      const shell = shellOf(node.files.get(places.applyScript)?.text ?? '');
      const named = /^\[ -z "\$belongs" \] \|\| \[ "\$belongs" = (\S+) \] \|\|$/m.exec(shell)?.[1];
      if (named === undefined || named === lock.platform) return [];
      const params = { node: node.name, named, platform: lock.platform };
      return [
        report('verify/script-of-other', [], params, {
          artifact: { path: `${node.path}#${places.applyScript}` },
        }),
      ];
    }),
};

import { report } from '../../../diagnostics/report.ts';
import { nodePlaceOf } from '../../read/node-places.ts';
import type { Rule } from '../rule.ts';

/** Each file of a node can be read, changed and run by those who need to. */
export const permissionsFit: Rule = {
  name: 'permissions-fit',
  harm: 'secrets',
  loss: 'Other users of a node could read tokens, or change what root runs.',
  check: ({ nodes }) =>
    nodes.flatMap((node) =>
      [...node.files].flatMap(([place, { permissions }]) => {
        const needed = nodePlaceOf(place)?.permissions;
        if (needed === undefined || permissions === needed) return [];
        return [
          report(
            'verify/node-file-mode',
            [],
            { place, permissions, needed },
            { artifact: { path: `${node.path}#${place}` } },
          ),
        ];
      }),
    ),
};

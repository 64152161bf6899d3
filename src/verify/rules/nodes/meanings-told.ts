import { meaningOf } from '../../../artifacts/meaning.ts';
import { report } from '../../../diagnostics/report.ts';
import { kindOfNodePath } from '../../read/kind-of-path.ts';
import type { Rule } from '../rule.ts';

/**
 * The digest that apply.sh has for a file is that of the file's text: a node that has a file of the same digest keeps it,
 * so a change under an old digest would never reach it.
 */
export const meaningsTold: Rule = {
  name: 'meanings-told',
  harm: 'ownership',
  loss: 'A node would keep an old file as if it were the new one.',
  check: ({ nodes }) =>
    nodes.flatMap((node) =>
      [...node.files].flatMap(([place, { text, meaning }]) => {
        if (meaning === undefined || meaning === meaningOf(kindOfNodePath(place) ?? 'text', text)) return [];
        return [
          report('verify/meaning-otherwise', [], { place }, { artifact: { path: `${node.path}#${place}` } }),
        ];
      }),
    ),
};

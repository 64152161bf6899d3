import { report } from '../../../diagnostics/report.ts';
import type { NodeFileBack } from '../../dist.ts';
import { nodePlaceOf } from '../../read/node-places.ts';
import type { Rule } from '../rule.ts';
import { lineProblems } from './line-problems.ts';

/** Each file of a node is for those who need it and says what it is for, in order, and no line of a unit twice. */
export const nodeFilesRight: Rule = {
  name: 'node-files-right',
  harm: 'secrets',
  loss: "Other users of a node could read or change files that are root's.",
  check: ({ nodes }) =>
    nodes.flatMap((node) =>
      [...node.files].flatMap(([place, file]) =>
        problemsOf(place, file).map((problem) =>
          report(
            'verify/node-file-wrong',
            [],
            { place, problem },
            { artifact: { path: `${node.path}#${place}` } },
          ),
        ),
      ),
    ),
};

function problemsOf(path: string, { text, permissions }: NodeFileBack): string[] {
  const place = nodePlaceOf(path);
  if (place === undefined) return [];
  // What apply.sh carries is looked at by itself.
  const [own = ''] = text.split(/^put \d/m, 1);
  return [
    ...(permissions === place.permissions ? [] : [`has the permissions ${permissions}`]),
    ...lineProblems(own, place),
  ];
}

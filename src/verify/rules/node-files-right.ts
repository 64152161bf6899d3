import { report } from '../../diagnostics/report.ts';
import type { DistNode, NodeFileBack } from '../dist.ts';
import { lineProblems } from '../line-problems.ts';
import { nodePlaceOf } from '../node-places.ts';
import type { Rule } from './index.ts';

/** Each file of a node is for those who need it and says what it is for, in order, and no line of a unit twice. */
export const nodeFilesRight: Rule = ({ nodes }) =>
  nodes.flatMap((node) =>
    [...node.files].flatMap(([place, file]) =>
      problemsOf(place, file, node).map((problem) =>
        report(
          'verify/node-file-wrong',
          [],
          { place, problem },
          { artifact: { path: `${node.path}#${place}` } },
        ),
      ),
    ),
  );

function problemsOf(path: string, { text, permissions }: NodeFileBack, node: DistNode): string[] {
  const place = nodePlaceOf(path);
  if (place === undefined) return [];
  // What apply.sh carries is looked at by itself.
  const [own = ''] = text.split(/^put \d/m, 1);
  return [
    ...(permissions === place.permissions ? [] : [`has the permissions ${permissions}`]),
    ...lineProblems(own, place),
    ...(place.kind === 'nftables' ? podProblems(own.split('\n'), node) : []),
  ];
}

/** Pods reach their own node: the Kubernetes API, DNS, probes. */
function podProblems(lines: readonly string[], { k3sConfig }: DistNode): string[] {
  return String(k3sConfig['cluster-cidr'] ?? '')
    .split(',')
    .filter((range) => range !== '')
    .map((range) =>
      range.includes(':') ? `ip6 saddr ${range} accept` : `iifname cni0 ip saddr ${range} accept`,
    )
    .filter((line) => !lines.some((own) => own.trim().replace(/^iifname cni0 (?=ip6)/, '') === line))
    .map((line) => `does not say ${line}, which lets pods reach their node`);
}

import { createHash } from 'node:crypto';
import { report } from '../../../diagnostics/report.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { Dist, DistNode } from '../../dist.ts';
import type { Rule } from '../rule.ts';

/** A new machine fetches the apply.sh of this `dist/`, from where the config says. */
export const fetchedAsBeside: Rule = {
  name: 'fetched-as-beside',
  harm: 'reachability',
  loss: 'A new machine would refuse the script that it fetches, and stay empty; or it would run another one.',
  check: (dist) =>
    dist.nodes.flatMap((node) => {
      const artifact = { path: `${node.path}#${places.fetchScript}` };
      return wrong(dist, node).map(([what, meant, found]) =>
        report('verify/script-not-fetched', [], { node: node.name, what, meant, found }, { artifact }),
      );
    }),
};

function wrong({ lock: { delivery }, texts }: Dist, { name, files }: DistNode): [string, string, string][] {
  const script = files.get(places.fetchScript)?.text;
  const url = script && (/^url='?([^'\n]*)'?$/m.exec(script)?.[1] ?? 'nothing');
  const meantUrl = delivery.scripts && `${delivery.scripts}/${name}/apply.sh`;
  if (url !== meantUrl) return [['what it fetches', meantUrl ?? 'nothing', url ?? 'nothing']];
  if (script === undefined) return [];
  const digest = createHash('sha256')
    .update(texts.get(`nodes/${name}/apply.sh`) ?? '')
    .digest('hex');
  const found = /^sha256=(.*)$/m.exec(script)?.[1] ?? 'nothing';
  return found === digest ? [] : [['the SHA-256 of its script', digest, found]];
}

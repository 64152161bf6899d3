import { report } from '../../diagnostics/report.ts';
import type { Dist, DistNode } from '../dist.ts';
import type { Rule } from './index.ts';

/** What user-data carries is byte for byte what stands beside it in `dist/`. */
export const embeddedAsBeside: Rule = (dist) =>
  dist.nodes.flatMap((node) =>
    originals(dist, node)
      .filter(({ place, text }) => node.files.get(place)?.text !== text)
      .map(({ place, original }) =>
        report(
          'verify/embedded-differs',
          [],
          { place, original },
          { artifact: { path: `${node.path}#${place}` } },
        ),
      ),
  );

function originals({ texts, resources }: Dist, { name }: DistNode) {
  const beside = (place: string, original: string) => ({ place, original, text: texts.get(original) ?? '' });
  return [
    beside('/usr/local/sbin/fjord-apply', `nodes/${name}/apply.sh`),
    beside('/etc/nginx/conf.d/openfaas.conf', 'nginx/openfaas.conf'),
    {
      place: '/var/lib/rancher/k3s/server/manifests/fjord.yaml',
      original: 'manifests/, joined',
      text: resources.map((file) => texts.get(`manifests/${file}`)).join('---\n'),
    },
  ];
}

import { report } from '../../diagnostics/report.ts';
import type { Dist } from '../dist.ts';
import type { Rule } from './index.ts';

/** What user-data carries is byte for byte what stands beside it in `dist/`. */
export const embeddedAsBeside: Rule = (dist) =>
  dist.nodes.flatMap(({ path, files }) =>
    originals(dist)
      .filter(({ place, text }) => files.get(place)?.text !== text)
      .map(({ place, original }) =>
        report(
          'verify/embedded-differs',
          [],
          { place, original },
          { artifact: { path: `${path}#${place}` } },
        ),
      ),
  );

function originals({ texts, resources }: Dist): { place: string; original: string; text: string }[] {
  const manifests = resources.map((file) => texts.get(`manifests/${file}`)).join('---\n');
  const nginx = texts.get('nginx/openfaas.conf') ?? '';
  return [
    { place: '/etc/nginx/conf.d/openfaas.conf', original: 'nginx/openfaas.conf', text: nginx },
    {
      place: '/var/lib/rancher/k3s/server/manifests/fjord.yaml',
      original: 'manifests/, joined',
      text: manifests,
    },
  ];
}

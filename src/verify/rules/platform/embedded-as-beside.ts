import { report } from '../../../diagnostics/report.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { Dist, DistNode } from '../../dist.ts';
import type { Rule } from '../rule.ts';

/** What user-data carries is byte for byte what stands beside it in `dist/`. */
export const embeddedAsBeside: Rule = {
  name: 'embedded-as-beside',
  harm: 'ownership',
  loss: 'A node would get another file than the one that was reviewed.',
  check: (dist) =>
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
    ),
};

/** Of a kind that OpenFaaS Pro's chart brings, and so in a file of its own on the node. */
const functionResources = '65-function-resources.yaml';

function originals({ texts, resources, lock }: Dist, { name, files }: DistNode) {
  const beside = (place: string, original: string) => ({ place, original, text: texts.get(original) ?? '' });
  const joined = (place: string, folder: string, names: readonly string[]) => ({
    place,
    original: `${folder}/, joined`,
    text: names.map((file) => texts.get(`${folder}/${file}`)).join('---\n'),
  });
  const manifests =
    lock.delivery.mode === 'embedded'
      ? [
          joined(
            places.manifests,
            'manifests',
            resources.filter((file) => file !== functionResources),
          ),
          ...(resources.includes(functionResources)
            ? [beside(places.functionResources, `manifests/${functionResources}`)]
            : []),
        ]
      : [
          joined(places.manifests, 'gitops', ['00-namespaces.yaml', `10-${lock.delivery.tool}.yaml`]),
          beside(places.gitSource, 'gitops/20-source.yaml'),
        ];
  return [
    beside(places.applyScript, `nodes/${name}/apply.sh`),
    ...(lock.nodes.some((node) => node.name === name && node.nginx)
      ? [beside(places.nginxMain, 'nginx/nginx.conf'), beside(places.nginxServers, 'nginx/openfaas.conf')]
      : []),
    // Which node has them is the business of `manifestsOnOneNode`.
    ...manifests.filter(({ place }) => files.has(place)),
  ];
}

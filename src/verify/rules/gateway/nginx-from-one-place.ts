import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { type Params, report } from '../../../diagnostics/report.ts';
import { operatingSystems } from '../../../platform/nodes/operating-systems.ts';
import { otherPlaces, places } from '../../../platform/nodes/places.ts';
import type { Dist, DistNode, Lock } from '../../dist.ts';
import type { Rule } from '../rule.ts';

/** nginx comes from the OS or from nginx.org, never from both, and from the latter only with its signature. */
export const nginxFromOnePlace: Rule = {
  name: 'nginx-from-one-place',
  harm: 'ownership',
  loss: 'Somebody other than the OS or nginx.org could decide what runs as the web server.',
  check: (dist) => dist.nodes.filter(({ name }) => hasNginx(dist, name)).flatMap((node) => judge(dist, node)),
};

function hasNginx({ lock }: Dist, name: string): boolean {
  return lock.nodes.some((node) => node.name === name && node.nginx);
}

function judge({ lock, texts }: Dist, node: DistNode): Diagnostic[] {
  const { source: wanted, keys = [] } = lock.gateway.packages;
  const source = node.files.get(places.nginxOrgSources)?.text;
  const hasOwn = node.packages.includes('nginx');
  const at = { artifact: { path: node.path } };
  const twice = (both: Omit<Params<'verify/nginx-from-two-places'>, 'node'>) =>
    report('verify/nginx-from-two-places', [], { node: node.name, ...both }, at);
  if (wanted === 'distribution') {
    return [
      ...(hasOwn ? [] : [report('verify/nginx-not-installed', [], { node: node.name }, at)]),
      ...(source === undefined ? [] : [twice({ wanted: 'its OS', other: 'nginx.org' })]),
    ];
  }
  const script = texts.get(`nodes/${node.name}/apply.sh`) ?? '';
  return [
    ...(hasOwn ? [twice({ wanted: 'nginx.org', other: 'its OS' })] : []),
    ...expected(lock, node)
      .filter((line) => !source?.split('\n').includes(line))
      .map((line) => report('verify/nginx-source-differs', [], { node: node.name, line }, at)),
    ...keys
      .filter((key) => !script.includes(key))
      .map((key) => report('verify/nginx-key-not-checked', [], { node: node.name, key }, at)),
  ];
}

/** Lines of the source. */
function expected({ nodes, gateway }: Lock, { name }: DistNode): string[] {
  const os = nodes.find((node) => node.name === name)?.os ?? 'debian-12';
  const { family, codename } = operatingSystems[os];
  const branch = gateway.packages.source === 'nginx.org-mainline' ? 'packages/mainline' : 'packages';
  return [
    `URIs: ${gateway.packages.url}/${branch}/${family}`,
    `Suites: ${codename}`,
    `Signed-By: ${otherPlaces.nginxOrgKeyring}`,
  ];
}

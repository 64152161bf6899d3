import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
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
  const source = node.files.get(places.nginxOrgSources)?.text;
  const wrong = (problem: string) =>
    report('verify/nginx-not-installed', [], { node: node.name, problem }, { artifact: { path: node.path } });
  const { source: wanted, keys = [] } = lock.gateway.packages;
  if (wanted === 'distribution') {
    return [
      ...(node.packages.includes('nginx') ? [] : [wrong('is not among its packages')]),
      ...(source === undefined ? [] : [wrong('has a second source')]),
    ];
  }
  const script = texts.get(`nodes/${node.name}/apply.sh`) ?? '';
  const missing = expected(lock, node).filter((line) => !source?.split('\n').includes(line));
  return [
    ...(node.packages.includes('nginx') ? [wrong("is the OS's own before it is nginx.org's")] : []),
    ...missing.map((line) => wrong(`has a source without "${line}"`)),
    ...keys
      .filter((key) => !script.includes(key))
      .map((key) => wrong(`is not checked against the key ${key}`)),
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

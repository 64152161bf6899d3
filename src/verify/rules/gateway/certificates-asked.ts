import { report } from '../../../diagnostics/report.ts';
import { directivesBelow, directivesIn } from '../../../nginx/find.ts';
import type { DistNode } from '../../dist.ts';
import type { Rule } from '../rule.ts';

const script = '/usr/local/sbin/openfaas-tls';

/** Certificates are asked for exactly the names that nginx serves, and challenges lie where nginx looks for them. */
export const certificatesAsked: Rule = {
  name: 'certificates-asked',
  harm: 'reachability',
  loss: 'Clients would get a certificate that is not for the name, or none.',
  check: ({ nodes }) =>
    nodes.flatMap((node) =>
      problemsOf(node).map((problem) =>
        report(
          'verify/node-file-wrong',
          [],
          { place: script, problem },
          { artifact: { path: `${node.path}#${script}` } },
        ),
      ),
    ),
};

function problemsOf({ files, nginx }: DistNode): string[] {
  const text = files.get(script)?.text;
  if (text === undefined) return [];
  const servers = nginx.flatMap(({ statements }) => directivesBelow(statements, 'server'));
  const served = servers
    .filter(({ block = [] }) => directivesIn(block, 'ssl_certificate').length > 0)
    .flatMap(({ block = [] }) => directivesIn(block, 'server_name').flatMap(({ args }) => args));
  const asked = (/^domains=\((.*)\)$/m.exec(text)?.[1] ?? '').replaceAll("'", '').split(' ');
  const roots = servers
    .flatMap(({ block = [] }) => directivesBelow(block, 'root'))
    .map(({ args }) => args[0]);
  const webroot = /--webroot-path (\S+)/.exec(text)?.[1];
  return [
    ...(same(asked, served)
      ? []
      : [`is for ${asked.join(', ')}, and nginx serves ${[...new Set(served)].join(', ')}`]),
    ...(webroot === undefined || (roots.length > 0 && roots.every((root) => root === webroot))
      ? []
      : [`puts challenges into ${webroot}, and nginx looks in ${roots.join(', ') || 'no directory'}`]),
  ];
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return [...new Set(one)].sort().join() === [...new Set(other)].sort().join();
}

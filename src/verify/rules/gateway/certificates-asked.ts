import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { directivesBelow, directivesIn } from '../../../nginx/find.ts';
import { domainOf, places } from '../../../platform/nodes/places.ts';
import type { DistNode } from '../../dist.ts';
import type { Rule } from '../rule.ts';

/** Certificates are asked for exactly the names that nginx serves, and challenges lie where nginx looks for them. */
export const certificatesAsked: Rule = {
  name: 'certificates-asked',
  harm: 'reachability',
  loss: 'Clients would get a certificate that is not for the name, or none.',
  check: ({ nodes }) =>
    nodes.flatMap((node) => {
      const text = node.files.get(places.tlsScript)?.text;
      return text === undefined ? [] : [...names(node, text), ...challenges(node, text)];
    }),
};

function names({ name, path, nginx }: DistNode, text: string): Diagnostic[] {
  const served = unique(
    serversIn(nginx)
      .filter(({ block = [] }) => directivesIn(block, 'ssl_certificate').length > 0)
      .flatMap(({ block = [] }) => directivesIn(block, 'server_name').flatMap(({ args }) => args)),
  );
  const asked = unique(
    (/^domains=\((.*)\)$/m.exec(text)?.[1] ?? '').replaceAll("'", '').split(' ').map(domainOf),
  );
  if (asked.join() === served.join()) return [];
  const params = { node: name, asked: asked.join(', '), served: served.join(', ') || 'none' };
  return [
    report('verify/certificate-of-other-names', [], params, {
      artifact: { path: `${path}#${places.tlsScript}` },
    }),
  ];
}

function challenges({ name, path, nginx }: DistNode, text: string): Diagnostic[] {
  const webroot = /--webroot-path (\S+)/.exec(text)?.[1];
  const roots = unique(
    serversIn(nginx)
      .flatMap(({ block = [] }) => directivesBelow(block, 'root'))
      .map(({ args: [root = ''] }) => root),
  );
  if (webroot === undefined || roots.join() === webroot) return [];
  const params = { node: name, webroot, roots: roots.join(', ') || 'no directory' };
  return [
    report('verify/challenge-not-served', [], params, { artifact: { path: `${path}#${places.tlsScript}` } }),
  ];
}

function serversIn(confs: DistNode['nginx']) {
  return confs.flatMap(({ statements }) => directivesBelow(statements, 'server'));
}

function unique(all: readonly string[]): string[] {
  return [...new Set(all)].sort();
}

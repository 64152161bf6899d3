import { report } from '../../../diagnostics/report.ts';
import { directivesBelow } from '../../../nginx/find.ts';
import { certificateKeyOf, certificateOf, places } from '../../../platform/nodes/places.ts';
import type { DistNode } from '../../dist.ts';
import type { Rule } from '../rule.ts';

/** Each certificate that nginx reads on a node is one that the node's own script makes, before nginx starts. */
export const certificatesMade: Rule = {
  name: 'certificates-made',
  harm: 'reachability',
  loss: 'nginx would not start, because a certificate is missing.',
  check: ({ nodes }) =>
    nodes.flatMap((node) => {
      const made = (isMadeFirst(node) ? [...node.files.values()] : [])
        .flatMap(({ text }) => [...(/^domains=\((.*)\)$/m.exec(text)?.slice(1) ?? [])])
        .flatMap((words) => words.split(' ').map((word) => word.replaceAll("'", '')))
        .flatMap((name) => [certificateOf(name), certificateKeyOf(name)]);
      return node.nginx.flatMap(({ path, statements }) =>
        ['ssl_certificate', 'ssl_certificate_key']
          .flatMap((name) => directivesBelow(statements, name))
          .filter(({ args }) => !made.includes(args[0] ?? ''))
          .map(({ args, line }) =>
            report(
              'verify/certificate-not-made',
              [],
              { node: node.name, file: args[0] ?? '' },
              { artifact: { path, ...(line && { line }) } },
            ),
          ),
      );
    }),
};

/** True if each start of nginx makes first what is missing. */
function isMadeFirst({ files }: DistNode): boolean {
  const lines = files.get(places.nginxDropIn)?.text.split('\n') ?? [];
  return lines.includes(`ExecStartPre=${places.tlsScript} placeholder`);
}

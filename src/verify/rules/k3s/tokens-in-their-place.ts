import { report } from '../../../diagnostics/report.ts';
import { joinTokens } from '../../../platform/nodes/join-tokens.ts';
import type { DistNode } from '../../dist.ts';
import type { Rule } from '../rule.ts';

/** The server token is on servers alone, and each token that a node's K3s reads has its place in the user-data. */
export const tokensInTheirPlace: Rule = {
  name: 'tokens-in-their-place',
  harm: 'secrets',
  loss: "Whoever reads an agent's files could join the cluster as a server.",
  check: ({ nodes }) =>
    nodes.flatMap((node) => [
      ...(node.role === 'agent' && holdsServerToken(node)
        ? [report('verify/server-token-on-agent', [], { node: node.name }, { artifact: { path: node.path } })]
        : []),
      ...['token-file', 'agent-token-file']
        .map((key) => node.k3sConfig[key])
        .filter((file) => file !== undefined && !node.files.has(String(file)))
        .map((file) =>
          report(
            'verify/token-without-place',
            [],
            { node: node.name, file: String(file) },
            { artifact: { path: node.path } },
          ),
        ),
    ]),
};

function holdsServerToken({ files, tokens }: DistNode): boolean {
  const { placeholder, file } = joinTokens.server;
  const texts = [...files.values()].map(({ text }) => text);
  return tokens.includes('server') || texts.some((text) => text.includes(placeholder) || text.includes(file));
}

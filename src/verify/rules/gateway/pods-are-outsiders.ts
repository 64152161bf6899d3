import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { type Directive, isDirective, type Statement } from '../../../nginx/directive.ts';
import { directivesBelow } from '../../../nginx/find.ts';
import {
  containsNetwork,
  type Network,
  networksMeet,
  networkWithout,
  parseNetwork,
  printNetwork,
} from '../../../units/network.ts';
import type { Dist } from '../../dist.ts';
import type { Rule } from '../rule.ts';

/**
 * No pod counts as one of the networks that nginx lets in, exempts from limits or believes about a client's address.
 * Pods come with an address of their own range, and on other nodes with that of their node.
 */
export const podsAreOutsiders: Rule = {
  name: 'pods-are-outsiders',
  harm: 'confinement',
  loss: "A function could pass as a client of an allowed network, go past limits, or forge a client's address.",
  check: (dist) => {
    const pods = podAddresses(dist);
    return dist.nginx.flatMap(({ path, statements }) => {
      const tell = ({ directive, args, line }: Directive, network: Network): Diagnostic => {
        const params = { directive: [directive, ...args].join(' '), range: printNetwork(network) };
        const place = line === undefined ? { path } : { path, line };
        return report('verify/pods-let-in', [], params, { artifact: place });
      };
      const find = (rules: (network: Network) => readonly Directive[]) =>
        pods.flatMap((network) => rules(network).map((directive) => tell(directive, network)));
      return [
        ...blocksOf(statements).flatMap((block) => find((network) => allowing(block, network))),
        ...directivesBelow(statements, 'geo')
          .filter(({ args }) => args.at(-1) !== amongNodes)
          .flatMap((geo) => find((network) => selecting(geo, network))),
        ...find((network) =>
          directivesBelow(statements, 'set_real_ip_from').filter(({ args }) => {
            const trusted = parseNetwork(args[0] ?? '');
            return trusted !== undefined && networksMeet(trusted, network);
          }),
        ),
      ];
    });
  },
};

/** Whom the server among the nodes does not count: challenges, which are public, are all that it has. */
const amongNodes = '$openfaas_is_node';

function podAddresses({ nodes, lock }: Dist): Network[] {
  const ranges = nodes.flatMap(({ k3sConfig }) => String(k3sConfig['cluster-cidr'] ?? '').split(','));
  const ofNodes = lock.nodes.length < 2 ? [] : lock.nodes.flatMap(({ addresses }) => addresses);
  return [...new Set([...ranges, ...ofNodes])].flatMap((text) => parseNetwork(text) ?? []);
}

/** The file itself and every block in it. */
function blocksOf(statements: readonly Statement[]): (readonly Statement[])[] {
  return [
    statements,
    ...statements.filter(isDirective).flatMap(({ block }) => (block === undefined ? [] : blocksOf(block))),
  ];
}

/** Of a list that ends by denying all, the rules that let in some of these addresses: the first that fits counts. */
function allowing(block: readonly Statement[], network: Network): Directive[] {
  const rules = block
    .filter(isDirective)
    .filter(({ directive }) => directive === 'allow' || directive === 'deny');
  if (!rules.some(({ directive, args }) => directive === 'deny' && args[0] === 'all')) return [];
  const found: Directive[] = [];
  let left = [network];
  for (const rule of rules) {
    const [text = ''] = rule.args;
    const named = text === 'all' ? undefined : parseNetwork(text);
    if (text !== 'all' && named === undefined) continue;
    if (rule.directive === 'allow' && left.some((one) => named === undefined || networksMeet(named, one))) {
      found.push(rule);
    }
    left = named === undefined ? [] : left.flatMap((one) => networkWithout(one, [named]));
  }
  return found;
}

/** The entries of a geo block that give some of these addresses another value than the default: the smallest counts. */
function selecting({ block = [] }: Directive, network: Network): Directive[] {
  const entries = block.filter(isDirective);
  const usual = entries.find(({ directive }) => directive === 'default')?.args[0] ?? '';
  const networks = entries.flatMap((entry) => {
    const named = parseNetwork(entry.directive);
    return named === undefined ? [] : [{ entry, named }];
  });
  return networks
    .filter(({ entry: { args }, named }) => {
      if (args[0] === usual || !networksMeet(named, network)) return false;
      const smaller = networks
        .map((other) => other.named)
        .filter((other) => other.prefix > named.prefix && containsNetwork(named, other));
      const region = containsNetwork(named, network) ? network : named;
      return networkWithout(region, smaller).length > 0;
    })
    .map(({ entry }) => entry);
}

import { report } from '../../../diagnostics/report.ts';
import { k3sPorts } from '../../../platform/k3s/ports.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { DistNode } from '../../dist.ts';
import type { Rule } from '../rule.ts';

/** One server is first; the others and the agents join at its address, which every server's certificate is for. */
export const joinedAtFirstServer: Rule = {
  name: 'joined-at-first-server',
  harm: 'reachability',
  loss: 'A node would not join the cluster, or would begin one of its own.',
  check: ({ nodes }) => {
    const servers = nodes.filter(({ role }) => role === 'server');
    const firsts = servers.filter(({ k3sConfig }) => k3sConfig.server === undefined);
    const [first] = firsts;
    if (first === undefined || firsts.length > 1) {
      return [report('verify/not-one-first', [], { nodes: firsts.map(({ name }) => name) })];
    }
    const joiners = nodes.filter((node) => node !== first);
    if (joiners.length === 0) return [];

    const inner = String(first.k3sConfig['node-ip'] ?? '')
      .split(',', 1)
      .join();
    const external = String(first.k3sConfig['node-external-ip'] ?? inner);
    // etcd needs the servers in one network.
    const addressFor = ({ role }: DistNode) => (role === 'server' ? inner : external);
    const at = (node: DistNode) => ({ artifact: { path: `${node.path}#${places.k3sConfig}` } });
    return [
      ...joiners
        .filter(
          (node) =>
            addressFor(node) === '' ||
            node.k3sConfig.server !== `https://${addressFor(node)}:${k3sPorts.api}`,
        )
        .map((node) =>
          report(
            'verify/joins-elsewhere',
            [],
            { node: node.name, at: String(node.k3sConfig.server), address: addressFor(node) },
            at(node),
          ),
        ),
      ...servers.flatMap((node) =>
        [...new Set([inner, external])]
          .filter((address) => !listOf(node.k3sConfig['tls-san']).includes(address))
          .map((address) => report('verify/certificate-lacks', [], { node: node.name, address }, at(node))),
      ),
    ];
  },
};

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

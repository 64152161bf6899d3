import { isDeepStrictEqual } from 'node:util';
import { report } from '../../../diagnostics/report.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { Rule } from '../rule.ts';

/** Keys that K3s wants to be the same on all servers; with another value a server does not join. From its documentation. */
const sameOnAll = [
  'agent-token-file',
  'cluster-cidr',
  'cluster-dns',
  'cluster-domain',
  'disable',
  'disable-cloud-controller',
  'disable-helm-controller',
  'disable-kube-proxy',
  'disable-network-policy',
  'egress-selector-mode',
  'embedded-registry',
  'flannel-backend',
  'flannel-external-ip',
  'flannel-ipv6-masq',
  'secrets-encryption',
  'secrets-encryption-provider',
  'service-cidr',
];

/** What must be the same on all servers is. */
export const serversAgree: Rule = {
  name: 'servers-agree',
  harm: 'reachability',
  loss: 'A server would not join, because critical settings differ.',
  check: ({ nodes }) => {
    const [first, ...others] = nodes.filter(({ role }) => role === 'server');
    return others.flatMap((other) =>
      sameOnAll
        .filter((key) => !isDeepStrictEqual(other.k3sConfig[key], first?.k3sConfig[key]))
        .map((key) =>
          report(
            'verify/servers-differ',
            [],
            { key, one: first?.name ?? '', other: other.name },
            { artifact: { path: `${other.path}#${places.k3sConfig}` } },
          ),
        ),
    );
  },
};

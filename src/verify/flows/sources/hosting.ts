import { cdns } from '../../../platform/gateway/cdns.ts';
import type { Dist } from '../../dist.ts';
import type { NamedFlow } from '../flow.ts';

/** Machines, and who stands in front of them. */
export function hostingFlows({ lock }: Dist): NamedFlow[] {
  const networks = [...(lock.intent.gateway.trustedProxies?.networks ?? [])].sort().join();
  const cdn = Object.entries(cdns).find(([, one]) => [...one.networks].sort().join() === networks);
  const everything = {
    isHost: false,
    carries: 'personal',
    enforced: false,
    from: 'callers',
    when: 'with every call',
  } as const;
  return [
    ...lock.nodes.map(
      ({ name, provider }): NamedFlow => ({
        ...everything,
        id: `nodes/${name}`,
        to: provider === 'generic' ? name : provider,
        data: 'everything that the platform handles',
        why: 'the machine that runs it',
        avoid: 'move the node',
        path: ['nodes', name],
      }),
    ),
    ...(cdn === undefined
      ? []
      : [
          {
            ...everything,
            id: `cdn/${cdn[0]}`,
            to: cdn[1].title,
            data: 'every call and answer, decrypted',
            why: 'it receives the calls in place of the nodes',
            avoid: 'point the DNS at your nodes and remove gateway.trustedProxies',
            path: ['gateway', 'trustedProxies'],
          },
        ]),
    ...(lock.gateway.tlsEndedBy === 'load-balancer'
      ? [
          {
            ...everything,
            id: 'balancer/load-balancer',
            to: "the provider's load balancer",
            data: 'every call and answer, decrypted',
            why: 'it has the certificates',
            avoid: "write gateway.tls.endedBy: 'nginx'",
            path: ['gateway', 'tls', 'endedBy'],
          },
        ]
      : []),
  ];
}

import { report } from '../../../diagnostics/report.ts';
import { k3sPorts } from '../../../platform/k3s/ports.ts';
import { ports } from '../../../platform/openfaas/ports.ts';
import { addressAt, checkedNetwork, sizeOf } from '../../../units/network.ts';
import type { Dist } from '../../dist.ts';
import { allowsEgress } from '../../kubernetes/network-policy.ts';
import { podsIn } from '../../kubernetes/pod.ts';
import type { Rule } from '../rule.ts';

/** Where providers answer with what a machine was made from, its user-data among it. */
const metadata = ['169.254.169.254', '169.254.42.42', '168.63.129.16', '100.100.100.200', 'fd00:ec2::254'];

/** Somewhere on the internet. */
const outside = '198.51.100.1';

/** Ports that are next to those of nodes, and the first and last of all: a function may reach them anywhere outside. */
const open = [
  ...[1, 2378, 2382, 6442, 6444, 10_247, 10_260, 65_535].map((port) => ({ protocol: 'TCP' as const, port })),
  ...[1, 8471, 8473, 51_819, 51_822, 65_535].map((port) => ({ protocol: 'UDP' as const, port })),
];

/**
 * A function reaches neither its provider's metadata nor the Kubernetes API, the kubelet, or other pods by address.
 * The API's Service is an address of the nodes by the time that policies are asked, so its port is closed everywhere.
 */
export const functionsConfined: Rule = {
  name: 'functions-confined',
  harm: 'confinement',
  loss: "Code in a function could reach the cluster's API, the nodes or the provider's metadata, and take the platform over.",
  check: (dist) => {
    const targets = forbidden(dist);
    // Pro's functions are pods only later; their label is the one that the policies select by.
    const pods = [
      ...podsIn(dist).filter(({ namespace }) => namespace === 'openfaas-fn'),
      { owner: 'any function', namespace: 'openfaas-fn', labels: { faas_function: '' } },
    ];
    return pods.flatMap(({ owner, namespace, labels }) => [
      ...targets
        .filter((target) => allowsEgress(dist.objects, { namespace, labels }, target))
        .map(({ what, address, port }) =>
          report('verify/function-unconfined', [], { owner, what, address, port }),
        ),
      ...open
        .filter(
          (target) => !allowsEgress(dist.objects, { namespace, labels }, { ...target, address: outside }),
        )
        .map(({ protocol, port }) =>
          report('verify/call-refused', [], {
            caller: owner,
            callee: `the internet, ${protocol.toLowerCase()} ${port}`,
          }),
        ),
    ]);
  },
};

function forbidden({ nodes, lock }: Dist) {
  const ranges = (key: string) =>
    nodes
      .flatMap(({ k3sConfig }) => String(k3sConfig[key] ?? '').split(','))
      .filter((cidr) => cidr.includes('.'))
      .map(checkedNetwork);
  // Somewhere on the internet stands for a node whose address is not known.
  const addresses = [...lock.nodes.flatMap((node) => node.addresses), outside];
  return [
    ...metadata.map((address) => ({ what: "the provider's metadata", address, port: 80 })),
    ...ranges('service-cidr').map((range) => ({
      what: 'the Kubernetes API',
      address: addressAt(range, 1),
      port: 443,
    })),
    ...addresses.map((address) => ({ what: 'the Kubernetes API', address, port: k3sPorts.api })),
    ...addresses.map((address) => ({ what: 'the kubelet', address, port: k3sPorts.kubelet })),
    ...addresses.flatMap((address) =>
      [k3sPorts.vxlan, k3sPorts.wireguard, k3sPorts.wireguardIpv6].map((port) => ({
        what: 'the network between nodes',
        address,
        port,
        protocol: 'UDP' as const,
      })),
    ),
    ...ranges('cluster-cidr').flatMap((range) =>
      [5, sizeOf(range) - 2].map((offset) => ({
        what: 'any pod',
        address: addressAt(range, offset),
        port: ports.provider,
      })),
    ),
    ...ranges('service-cidr').map((range) => ({
      what: 'any Service',
      address: addressAt(range, sizeOf(range) - 2),
      port: ports.provider,
    })),
  ];
}

import { report } from '../../diagnostics/report.ts';
import { addressAt, parseCidr } from '../../units/cidr.ts';
import type { Dist } from '../dist.ts';
import { allowsEgress } from '../network-policy.ts';
import { podsIn } from '../pod.ts';
import type { Rule } from './index.ts';

/** Where providers answer with what a machine was made from, its user-data among it. */
const metadata = ['169.254.169.254', '169.254.42.42', '168.63.129.16', '100.100.100.200', 'fd00:ec2::254'];

/**
 * A function reaches neither its provider's metadata nor the Kubernetes API, the kubelet, or other pods by address.
 * The API's Service is an address of the nodes by the time that policies are asked, so its port is closed everywhere.
 */
export const functionsConfined: Rule = (dist) => {
  const targets = forbidden(dist);
  // Pro's functions are pods only later; their label is the one that the policies select by.
  const pods = [
    ...podsIn(dist).filter(({ namespace }) => namespace === 'openfaas-fn'),
    { owner: 'any function', namespace: 'openfaas-fn', labels: { faas_function: '' } },
  ];
  return pods.flatMap(({ owner, namespace, labels }) =>
    targets
      .filter(({ address, port }) => allowsEgress(dist.objects, { namespace, labels }, { address, port }))
      .map(({ what, address, port }) =>
        report('verify/function-unconfined', [], { owner, what, address, port }),
      ),
  );
};

function forbidden({ nodes, lock }: Dist) {
  const ranges = (key: string) =>
    nodes
      .flatMap(({ k3sConfig }) => String(k3sConfig[key] ?? '').split(','))
      .filter((cidr) => cidr.includes('.'))
      .map(parseCidr);
  // Somewhere on the internet stands for a node whose address is not known.
  const addresses = [...lock.nodes.flatMap((node) => node.addresses), '198.51.100.1'];
  return [
    ...metadata.map((address) => ({ what: "the provider's metadata", address, port: 80 })),
    ...ranges('service-cidr').map((range) => ({
      what: 'the Kubernetes API',
      address: addressAt(range, 1),
      port: 443,
    })),
    ...addresses.map((address) => ({ what: 'the Kubernetes API', address, port: 6443 })),
    ...addresses.map((address) => ({ what: 'the kubelet', address, port: 10_250 })),
    ...ranges('cluster-cidr').map((range) => ({ what: 'any pod', address: addressAt(range, 5), port: 8081 })),
  ];
}

import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { K3s } from '../platform/k3s.ts';
import type { OpenFaas } from '../platform/openfaas.ts';

export interface NetworkPoliciesProps {
  readonly openfaas: OpenFaas;
  readonly k3s: K3s;
  /** Whether nginx on one node can reach a gateway pod on another one. */
  readonly severalNodes: boolean;
}

/**
 * Addresses that no function may reach: link-local, where clouds answer with a machine's metadata and its user-data,
 * and the fixed addresses of Azure's host and Alibaba's metadata.
 */
const metadataAddresses = ['169.254.0.0/16', '168.63.129.16/32', '100.100.100.200/32'];

/** Ports of the Kubernetes API and of the kubelet, which a function could reach at its node's own address. */
const nodePorts = [6443, 10250];

const dns: k8s.NetworkPolicyEgressRule = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [port(53, 'UDP'), port(53, 'TCP')],
};

/** Who may talk to whom. What is not said here is refused, in both namespaces. */
export class NetworkPolicies extends Construct {
  constructor(scope: Construct, id: string, props: NetworkPoliciesProps) {
    super(scope, id);
    const { openfaas } = props;
    const system = (app: string): k8s.NetworkPolicyPeer => ({ podSelector: { matchLabels: { app } } });
    const kubernetesApi: k8s.NetworkPolicyEgressRule = { ports: [port(443), port(6443)] };

    this.functions(props);
    this.policy('gateway', openfaas.namespace, {
      podSelector: { matchLabels: { app: 'gateway' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: callersOf(props), ports: [port(openfaas.port)] },
        { from: [system('prometheus')], ports: [port(8082)] },
      ],
      // The provider talks to the Kubernetes API, looks at images' registries and asks the internet for its own
      // address at each start; without that it does not start.
      egress: [{}],
    });
    this.policy('prometheus', openfaas.namespace, {
      podSelector: { matchLabels: { app: 'prometheus' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [system('gateway')], ports: [port(9090)] }],
      egress: [
        dns,
        kubernetesApi,
        { to: [system('gateway')], ports: [port(8082)] },
        ...(openfaas.autoscaling ? [{ to: [system('alertmanager')], ports: [port(9093)] }] : []),
      ],
    });
    if (openfaas.autoscaling) {
      this.policy('alertmanager', openfaas.namespace, {
        podSelector: { matchLabels: { app: 'alertmanager' } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [system('prometheus')], ports: [port(9093)] }],
        egress: [dns, { to: [system('gateway')], ports: [port(openfaas.port)] }],
      });
    }
    if (openfaas.async) {
      this.policy('nats', openfaas.namespace, {
        podSelector: { matchLabels: { app: 'nats' } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [system('gateway'), system('queue-worker')], ports: [port(4222)] }],
      });
      this.policy('queue-worker', openfaas.namespace, {
        podSelector: { matchLabels: { app: 'queue-worker' } },
        policyTypes: ['Ingress', 'Egress'],
        egress: [
          dns,
          { to: [system('nats')], ports: [port(4222)] },
          { to: [system('gateway')], ports: [port(openfaas.port)] },
        ],
      });
    }
    this.policy('default', openfaas.namespace, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  }

  /** Functions are called by the gateway alone, and reach the gateway and the internet alone. */
  private functions({ openfaas, k3s }: NetworkPoliciesProps): void {
    const gateway = {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': openfaas.namespace } },
      podSelector: { matchLabels: { app: 'gateway' } },
    };
    this.policy('functions', openfaas.functionNamespace, {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [gateway], ports: [port(8080)] }],
      egress: [
        dns,
        { to: [gateway], ports: [port(openfaas.port)] },
        {
          to: [
            {
              ipBlock: {
                cidr: '0.0.0.0/0',
                except: [k3s.clusterCidr, k3s.serviceCidr, ...metadataAddresses],
              },
            },
          ],
          ports: [...allPortsBut(nodePorts), { protocol: 'UDP' }],
        },
      ],
    });
  }

  private policy(name: string, namespace: string, spec: k8s.NetworkPolicySpec): void {
    new k8s.KubeNetworkPolicy(this, `${namespace}-${name}`, { metadata: { name, namespace }, spec });
  }
}

/** nginx on the same node needs no rule. From another node it comes with an address of the pods' range. */
function callersOf({ openfaas, k3s, severalNodes }: NetworkPoliciesProps): k8s.NetworkPolicyPeer[] {
  return [
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': openfaas.functionNamespace } } },
    { podSelector: {} },
    ...(severalNodes ? [{ ipBlock: { cidr: k3s.clusterCidr } }] : []),
  ];
}

function port(number: number, protocol = 'TCP'): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromNumber(number), protocol };
}

/** TCP port ranges that leave some out. A policy can only allow. */
function allPortsBut(left: readonly number[]): k8s.NetworkPolicyPort[] {
  const starts = [1, ...left.map((one) => one + 1)];
  const ends = [...left.map((one) => one - 1), 65_535];
  return starts.map((start, index) => ({
    port: k8s.IntOrString.fromNumber(start),
    endPort: ends[index] ?? 65_535,
    protocol: 'TCP',
  }));
}

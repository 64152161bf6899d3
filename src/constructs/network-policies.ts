import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { K3s } from '../platform/k3s/k3s.ts';
import { k3sPorts } from '../platform/k3s/ports.ts';
import type { OpenFaas } from '../platform/openfaas/openfaas.ts';
import { ports } from '../platform/openfaas/ports.ts';
import { anywhereOutside, dns, inNamespace, internet, policyPort } from './network-peers.ts';

export interface NetworkPoliciesProps {
  readonly openfaas: OpenFaas;
  readonly k3s: K3s;
  /** Source networks of nginx on other nodes, in CIDR notation. */
  readonly nginxSources: readonly string[];
}

/**
 * Allows the connections that the platform needs; in both namespaces all others are refused. A policy sees addresses
 * after Service addresses are translated: a pod's, or for the Kubernetes API a node's with port 6443.
 */
export class NetworkPolicies extends Construct {
  constructor(scope: Construct, id: string, props: NetworkPoliciesProps) {
    super(scope, id);
    this.functions(props);
    if (props.openfaas.install === 'native') this.parts(props);
    else this.chart(props);
  }

  /** Allows each part of OpenFaaS exactly the connections that it needs. */
  private parts(props: NetworkPoliciesProps): void {
    const { openfaas } = props;
    const { namespace, autoscaling } = openfaas;
    const to = (app: string, port: number) => ({ to: [part(app)], ports: [policyPort(port)] });
    const toGateway = to('gateway', openfaas.port);
    const fromPart = (port: number, ...apps: string[]) => ({
      from: apps.map(part),
      ports: [policyPort(port)],
    });

    const callingParts = [
      ...(autoscaling ? ['alertmanager'] : []),
      ...(openfaas.async ? ['queue-worker'] : []),
    ];

    this.policy('default', namespace, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    this.policyOf('gateway', namespace, {
      ingress: [
        { from: [...callersOf(props), ...callingParts.map(part)], ports: [policyPort(openfaas.port)] },
        fromPart(ports.metrics, 'prometheus'),
      ],
      egress: [
        dns,
        { to: [inNamespace(openfaas.functionNamespace)], ports: [policyPort(ports.function)] },
        to('prometheus', ports.prometheus),
        ...(openfaas.async ? [to('nats', ports.nats)] : []),
        // For the Kubernetes API, for image registries, and to look up its public address, without which it does not start.
        { to: anywhereOutside(props.k3s), ports: [policyPort(443), policyPort(k3sPorts.api)] },
      ],
    });
    this.policyOf('prometheus', namespace, {
      ingress: [fromPart(ports.prometheus, 'gateway')],
      egress: [
        dns,
        to('gateway', ports.metrics),
        ...(autoscaling ? [to('alertmanager', ports.alertmanager)] : []),
      ],
    });
    if (autoscaling) {
      this.policyOf('alertmanager', namespace, {
        ingress: [fromPart(ports.alertmanager, 'prometheus')],
        egress: [dns, toGateway],
      });
    }
    if (openfaas.async) {
      this.policyOf('nats', namespace, { ingress: [fromPart(ports.nats, 'gateway', 'queue-worker')] });
      this.policyOf('queue-worker', namespace, {
        egress: [dns, to('nats', ports.nats), toGateway, ...callbackRules(props)],
      });
    }
  }

  /** Allows the chart's parts to reach each other, the internet and functions. The chart decides which parts exist. */
  private chart(props: NetworkPoliciesProps): void {
    const { openfaas, k3s } = props;
    const everyPart = { podSelector: {} };
    this.policy('default', openfaas.namespace, {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [everyPart] }],
      egress: [
        dns,
        { to: [everyPart] },
        { to: [inNamespace(openfaas.functionNamespace)], ports: [policyPort(ports.function)] },
        { to: anywhereOutside(k3s), ports: [policyPort(443), policyPort(k3sPorts.api)] },
        ...callbackRules(props),
      ],
    });
    this.policyOf('gateway', openfaas.namespace, {
      ingress: [{ from: callersOf(props), ports: [policyPort(openfaas.port)] }],
    });
  }

  /** Lets the gateway call functions, and functions reach the internet. `FunctionPolicies` allows the rest. */
  private functions({ openfaas, k3s }: NetworkPoliciesProps): void {
    const gateway = inNamespace(openfaas.namespace, { app: 'gateway' });
    this.policy('functions', openfaas.functionNamespace, {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [gateway], ports: [policyPort(ports.function)] }],
      egress: [
        dns,
        {
          to: anywhereOutside(k3s),
          ports: [...allPortsBut(nodeTcpPorts, 'TCP'), ...allPortsBut(nodeUdpPorts, 'UDP')],
        },
      ],
    });
  }

  /** The policy of one part. A direction without rules is already refused by default. */
  private policyOf(app: string, namespace: string, rules: Pick<k8s.NetworkPolicySpec, 'ingress' | 'egress'>) {
    const policyTypes = [...(rules.ingress ? ['Ingress'] : []), ...(rules.egress ? ['Egress'] : [])];
    this.policy(app, namespace, { podSelector: { matchLabels: { app } }, policyTypes, ...rules });
  }

  private policy(name: string, namespace: string, spec: k8s.NetworkPolicySpec): void {
    new k8s.KubeNetworkPolicy(this, `${namespace}-${name}`, { metadata: { name, namespace }, spec });
  }
}

/** Lets results of queued calls out. A policy has no names of hosts, so nginx alone decides which host it is. */
function callbackRules({ openfaas, k3s }: NetworkPoliciesProps): k8s.NetworkPolicyEgressRule[] {
  const { callbackEgress } = openfaas;
  if (callbackEgress === undefined) return [];
  const { networks, ports: outside } = callbackEgress;
  return [
    {
      to: networks?.map((cidr) => ({ ipBlock: { cidr } })) ?? internet(k3s),
      ports: outside.map((port) => policyPort(port)),
    },
  ];
}

function part(app: string): k8s.NetworkPolicyPeer {
  return { podSelector: { matchLabels: { app } } };
}

/** Functions, and nginx on other nodes. nginx on the same node needs no rule. */
function callersOf({ openfaas, nginxSources }: NetworkPoliciesProps): k8s.NetworkPolicyPeer[] {
  return [inNamespace(openfaas.functionNamespace), ...nginxSources.map((cidr) => ({ ipBlock: { cidr } }))];
}

type PortRange = readonly [first: number, last: number];

/**
 * Ports of etcd, the Kubernetes API, kubelet and kube-proxy. The firewall lets pods through to their node, so these
 * are closed to functions here.
 */
const nodeTcpPorts: readonly PortRange[] = [
  [k3sPorts.etcd, k3sPorts.etcdMetrics],
  [k3sPorts.api, k3sPorts.api],
  [10_248, 10_259],
];

/** Ports of flannel, by VXLAN or WireGuard: anyone who reaches them can forge any pod's packets. */
const nodeUdpPorts: readonly PortRange[] = [
  [k3sPorts.vxlan, k3sPorts.vxlan],
  [k3sPorts.wireguard, k3sPorts.wireguardIpv6],
];

/** All ports but these, as ranges, because a policy can only allow. */
function allPortsBut(left: readonly PortRange[], protocol: 'TCP' | 'UDP'): k8s.NetworkPolicyPort[] {
  const starts = [1, ...left.map(([, last]) => last + 1)];
  const ends = [...left.map(([first]) => first - 1), 65_535];
  return starts.map((start, index) => ({ ...policyPort(start, protocol), endPort: ends[index] ?? 65_535 }));
}

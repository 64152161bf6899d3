import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { PlatformFunction } from '../../platform/functions/function.ts';
import { calledByNginx } from '../../platform/gateway/nginx-calls.ts';
import type { K3s } from '../../platform/k3s/k3s.ts';
import type { OpenFaas } from '../../platform/openfaas/openfaas.ts';
import { ports } from '../../platform/openfaas/ports.ts';
import { inNamespace, policyPort } from '../network-peers.ts';

export interface FunctionPoliciesProps {
  readonly openfaas: OpenFaas;
  readonly k3s: K3s;
  readonly functions: readonly PlatformFunction[];
  /** Source networks of nginx on other nodes, in CIDR notation. */
  readonly nginxSources: readonly string[];
}

/**
 * Policies for calls between functions. Only a function that declares a call reaches the gateway, or the called
 * function itself if that one is direct. Through the gateway a caller reaches every function, not only the declared
 * ones, because a network policy sees addresses and not paths.
 */
export class FunctionPolicies extends Construct {
  constructor(scope: Construct, id: string, props: FunctionPoliciesProps) {
    super(scope, id);
    const { functions, openfaas } = props;
    const direct = new Set(functions.filter((fn) => fn.direct).map(({ name }) => name));
    for (const fn of functions) {
      const ingress = direct.has(fn.name) ? ingressOf(fn, props) : [];
      const egress = egressOf(fn, direct, openfaas);
      if (ingress.length + egress.length === 0) continue;
      new k8s.KubeNetworkPolicy(this, `function-${fn.name}`, {
        metadata: { name: `function-${fn.name}`, namespace: openfaas.functionNamespace },
        spec: {
          podSelector: { matchLabels: { faas_function: fn.name } },
          policyTypes: [...(ingress.length > 0 ? ['Ingress'] : []), ...(egress.length > 0 ? ['Egress'] : [])],
          ...(ingress.length > 0 && { ingress }),
          ...(egress.length > 0 && { egress }),
        },
      });
    }
  }
}

/** nginx on the same node needs no rule. nginx on other nodes has a source address in the pods' range. */
function ingressOf(
  fn: PlatformFunction,
  { functions, nginxSources }: FunctionPoliciesProps,
): k8s.NetworkPolicyIngressRule[] {
  const from: k8s.NetworkPolicyPeer[] = [
    ...functions.filter(({ calls }) => calls.includes(fn.name)).map((caller) => pods(caller.name)),
    ...(calledByNginx(fn, functions) ? nginxSources.map((cidr) => ({ ipBlock: { cidr } })) : []),
  ];
  return from.length > 0 ? [{ from, ports: [policyPort(ports.function)] }] : [];
}

function egressOf(
  { calls }: PlatformFunction,
  direct: ReadonlySet<string>,
  { namespace, port: gatewayPort }: OpenFaas,
): k8s.NetworkPolicyEgressRule[] {
  const straight = calls.filter((callee) => direct.has(callee));
  const gateway = inNamespace(namespace, { app: 'gateway' });
  return [
    ...(straight.length < calls.length ? [{ to: [gateway], ports: [policyPort(gatewayPort)] }] : []),
    ...(straight.length > 0 ? [{ to: straight.map(pods), ports: [policyPort(ports.function)] }] : []),
  ];
}

function pods(name: string): k8s.NetworkPolicyPeer {
  return { podSelector: { matchLabels: { faas_function: name } } };
}

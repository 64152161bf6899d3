import { k8s } from 'cdk8s-plus-28';
import type { K3s } from '../platform/k3s.ts';

/** What each pod that looks up names needs. */
export const dns: k8s.NetworkPolicyEgressRule = {
  to: [inNamespace('kube-system', { 'k8s-app': 'kube-dns' })],
  ports: [policyPort(53, 'UDP'), policyPort(53, 'TCP')],
};

/** The pods of a namespace, or those of them with these labels. */
export function inNamespace(
  namespace: string,
  labels?: Readonly<Record<string, string>>,
): k8s.NetworkPolicyPeer {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    ...(labels && { podSelector: { matchLabels: labels } }),
  };
}

export function policyPort(number: number, protocol = 'TCP'): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromNumber(number), protocol };
}

/**
 * Addresses at which clouds answer with a machine's metadata and its user-data: link-local, and the fixed addresses of
 * Azure's host and of Alibaba's metadata.
 */
const metadataAddresses = ['169.254.0.0/16', '168.63.129.16/32', '100.100.100.200/32'];

/** Everything that is neither a pod nor a cloud's metadata. */
export function anywhereOutside({ clusterCidr, serviceCidr }: K3s): k8s.NetworkPolicyPeer[] {
  return [
    { ipBlock: { cidr: '0.0.0.0/0', except: [clusterCidr, serviceCidr, ...metadataAddresses].sort() } },
  ];
}

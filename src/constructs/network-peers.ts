import { k8s } from 'cdk8s-plus-28';
import type { K3s } from '../platform/k3s/k3s.ts';

/** Lets a pod look up names. */
export const dns: k8s.NetworkPolicyEgressRule = {
  to: [inNamespace('kube-system', { 'k8s-app': 'kube-dns' })],
  ports: [policyPort(53, 'UDP'), policyPort(53, 'TCP')],
};

/** Selects all pods of a namespace, or those with these labels. */
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
 * Addresses of clouds' metadata services, which also serve user-data: link-local, and the fixed addresses of Azure's
 * host and of Alibaba's metadata; in IPv6 those of AWS and Google.
 */
const metadataAddresses = ['169.254.0.0/16', '168.63.129.16/32', '100.100.100.200/32'];
const metadataAddresses6 = ['fe80::/10', 'fd00:ec2::254/128', 'fd20:ce::254/128'];

/** Networks that the internet does not route. */
const privateNetworks = ['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
const privateNetworks6 = ['fc00::/7'];

/** The internet: neither the cluster, nor a cloud's metadata, nor a private network. */
export function internet(k3s: K3s): k8s.NetworkPolicyPeer[] {
  return anywhereOutside(k3s, privateNetworks, privateNetworks6);
}

/** Everything that is neither a pod nor a cloud's metadata. */
export function anywhereOutside(
  { clusterCidr, serviceCidr, ipv6 }: K3s,
  besides: readonly string[] = [],
  besides6: readonly string[] = [],
): k8s.NetworkPolicyPeer[] {
  const but = (cidr: string, except: string[]) => ({ ipBlock: { cidr, except: except.sort() } });
  return [
    but('0.0.0.0/0', [clusterCidr, serviceCidr, ...metadataAddresses, ...besides]),
    ...(ipv6 ? [but('::/0', [ipv6.clusterCidr, ipv6.serviceCidr, ...metadataAddresses6, ...besides6])] : []),
  ];
}

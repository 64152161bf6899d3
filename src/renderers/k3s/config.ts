import type { NodeFile } from '../../artifacts/artifact.ts';
import { printYaml } from '../../artifacts/print-yaml.ts';
import type { K3s } from '../../platform/k3s/k3s.ts';
import { kubeletArguments } from '../../platform/k3s/kubelet.ts';
import { lostNodeArguments } from '../../platform/k3s/lost-nodes.ts';
import { k3sPorts } from '../../platform/k3s/ports.ts';
import { writtenReason } from '../../platform/kernel/sysctls.ts';
import { reservationArguments, reservationsOf } from '../../platform/nodes/capacity/reservations.ts';
import { joinTokens } from '../../platform/nodes/join-tokens.ts';
import type { Node } from '../../platform/nodes/node.ts';
import { places } from '../../platform/nodes/places.ts';
import type { Platform } from '../../platform/platform.ts';
import { containerLogArguments } from '../node-files/log-files.ts';
import { hardenedAgent, hardenedServer } from './hardening.ts';

/** K3s' own configuration. K3s ignores unknown keys, so a schema of ours checks their spelling. */
export function k3sConfigFile(platform: Platform, node: Node, marker: string): NodeFile {
  const { k3s } = platform;
  const config = {
    ...nodeKeys(platform, node),
    ...(node.role === 'server' && {
      ...joinKeys(platform, node),
      ...serverKeys(k3s),
      ...externalKeys(platform),
    }),
    ...(k3s.registries?.mirrorsOnly && { 'disable-default-registry-endpoint': true }),
    ...(k3s.hardened && { ...hardenedAgent, ...(node.role === 'server' && hardenedServer) }),
    ...(node.role === 'server' && apiServerKeys(platform)),
    'kubelet-arg': [
      ...(k3s.hardened ? hardenedAgent['kubelet-arg'] : []),
      ...containerLogArguments(platform),
      ...reservationArguments(reservationsOf(node, k3s.datastore, platform.gateway.memoryLimit)),
      ...kubeletArguments(k3s.kubelet),
    ],
  };
  return {
    path: places.k3sConfig,
    kind: 'k3s-config',
    text: printYaml(config, marker),
    permissions: '0600',
  };
}

/** Keys that differ between nodes. */
function nodeKeys({ k3s }: Platform, node: Node) {
  const token = joinTokens[node.role].file;
  const addresses = [node.address, node.address6].filter((address) => address !== undefined);
  return {
    'node-name': node.name,
    'resolv-conf': places.resolvConf,
    ...(node.joins !== undefined && { server: `https://${node.joins}:${k3sPorts.api}` }),
    ...(node.tokens.includes(node.role) && { 'token-file': token }),
    ...(addresses.length > 0 && (k3s.ipv6 === undefined || addresses.length === 2)
      ? { 'node-ip': addresses.join(',') }
      : {}),
    ...(node.externalAddress !== undefined && { 'node-external-ip': node.externalAddress }),
    ...(node.interface !== undefined && { 'flannel-iface': node.interface }),
    ...(node.labels.length > 0 && { 'node-label': node.labels }),
    ...(node.taints.length > 0 && { 'node-taint': node.taints }),
    ...conntrackKeys(node),
  };
}

/** None with one node, because its pods have nowhere to go. */
function apiServerKeys({ k3s, nodes }: Platform) {
  const values = [
    ...(k3s.hardened ? hardenedServer['kube-apiserver-arg'] : []),
    ...(nodes.length > 1 ? lostNodeArguments : []),
  ];
  return values.length > 0 && { 'kube-apiserver-arg': values };
}

/** By default K3s overwrites nf_conntrack_max with 32768 per core. */
function conntrackKeys({ sysctls }: Node) {
  const limit = sysctls.find(({ key }) => key === 'net.netfilter.nf_conntrack_max');
  if (limit?.value === undefined) return {};
  const argument =
    limit.reason === writtenReason ? 'conntrack-max-per-core=0' : `conntrack-min=${limit.value}`;
  return { 'kube-proxy-arg': [argument] };
}

/** Keys of the first server, or of a node that joins it. */
function joinKeys({ k3s }: Platform, node: Node) {
  return {
    ...(node.first && k3s.datastore === 'etcd' && { 'cluster-init': true }),
    ...(node.tokens.includes('agent') && { 'agent-token-file': joinTokens.agent.file }),
  };
}

/** Keys that must be the same on every server. */
function serverKeys(k3s: K3s) {
  const pair = (v4: string, v6: string | undefined) => (v6 === undefined ? v4 : `${v4},${v6}`);
  return {
    'cluster-cidr': pair(k3s.clusterCidr, k3s.ipv6?.clusterCidr),
    'service-cidr': pair(k3s.serviceCidr, k3s.ipv6?.serviceCidr),
    ...(k3s.clusterDns !== undefined && { 'cluster-dns': k3s.clusterDns }),
    ...(k3s.flannelBackend !== 'vxlan' && { 'flannel-backend': k3s.flannelBackend }),
    ...(k3s.ipv6?.masquerade && { 'flannel-ipv6-masq': true }),
    ...(k3s.tlsSans.length > 0 && { 'tls-san': k3s.tlsSans }),
    // Both would take ports 80 and 443 from nginx, or open other ports to the internet.
    disable: ['traefik', 'servicelb'],
    'write-kubeconfig-mode': k3s.kubeconfigMode,
    ...(k3s.kubeconfigGroup !== undefined && { 'write-kubeconfig-group': k3s.kubeconfigGroup }),
    ...(k3s.kubeconfigName !== undefined && { 'write-kubeconfig-name': k3s.kubeconfigName }),
    'secrets-encryption': true,
    ...snapshotKeys(k3s),
    ...(k3s.systemDefaultRegistry !== undefined && { 'system-default-registry': k3s.systemDefaultRegistry }),
  };
}

/** With it, flannel's tunnels end at the nodes' external addresses. Source: docs.k3s.io, "Distributed hybrid or multicloud cluster". */
function externalKeys({ nodes }: Platform) {
  return (
    nodes.some(({ externalAddress }) => externalAddress !== undefined) && { 'flannel-external-ip': true }
  );
}

function snapshotKeys({ snapshots }: K3s) {
  return {
    // Without a zone K3s counts in the machine's time, which not every provider sets to UTC.
    ...(snapshots?.schedule !== undefined && {
      'etcd-snapshot-schedule-cron': `CRON_TZ=UTC ${snapshots.schedule}`,
    }),
    ...(snapshots?.retention !== undefined && { 'etcd-snapshot-retention': snapshots.retention }),
    ...(snapshots?.s3Secret !== undefined && {
      'etcd-s3': true,
      'etcd-s3-config-secret': snapshots.s3Secret,
    }),
  };
}

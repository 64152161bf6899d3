import type { NodeFile } from '../artifacts/artifact.ts';
import { printYaml } from '../artifacts/print-yaml.ts';
import type { Node } from '../platform/node.ts';
import type { Platform } from '../platform/platform.ts';

/** K3s' own configuration. It ignores keys that it does not know, so their spelling is checked by a schema here. */
export function k3sConfigFile(platform: Platform, node: Node, marker: string): NodeFile {
  const { k3s } = platform;
  const config = {
    'node-name': node.name,
    'cluster-cidr': k3s.clusterCidr,
    'service-cidr': k3s.serviceCidr,
    // Both would take ports 80 and 443 away from nginx, or open others to the world.
    disable: ['traefik', 'servicelb'],
    'write-kubeconfig-mode': k3s.kubeconfigMode,
    'secrets-encryption': true,
  };
  return {
    path: '/etc/rancher/k3s/config.yaml',
    kind: 'k3s-config',
    text: printYaml(config, marker),
    permissions: '0600',
  };
}

import type { Dist, DistNode } from '../dist.ts';
import { podOf, serviceSpec, titleOf } from '../kubernetes/body.ts';
import { everyObject } from '../kubernetes/every-object.ts';

/** A port of every node that Kubernetes forwards to pods before the node's packet filter for input sees it. */
export interface TranslatedPort {
  readonly by: string;
  readonly protocol: 'tcp' | 'udp';
  /** As text, since a random one is `30000-32767`. */
  readonly port: string;
}

/**
 * What kube-proxy, the portmap plugin and K3s' ServiceLB open. Their rules translate addresses at prerouting, so the
 * packets are forwarded and no input chain, nor ufw, is asked.
 */
export function translatedPorts(dist: Dist, node: DistNode): TranslatedPort[] {
  const disabled = Array.isArray(node.k3sConfig.disable) ? node.k3sConfig.disable : [];
  const servers = dist.nodes.filter(({ k3sConfig }) => 'disable' in k3sConfig || 'service-cidr' in k3sConfig);
  const off = (part: string) => servers.every(({ k3sConfig }) => listOf(k3sConfig.disable).includes(part));
  const gone = (part: string) => disabled.includes(part) || (servers.length > 0 && off(part));
  return [
    ...everyObject(dist).flatMap((object) => [
      ...servicePorts(object, !gone('servicelb')),
      ...podPorts(object),
    ]),
    ...(gone('traefik') ? [] : traefikPorts(!gone('servicelb'))),
  ];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

type Objects = Dist['objects'];

function servicePorts(object: Objects[number], balanced: boolean): TranslatedPort[] {
  const { type = 'ClusterIP', ports = [], externalIPs = [] } = serviceSpec(object) ?? {};
  const title = titleOf(object);
  return ports.flatMap((each) => {
    const port = (by: string, number: number | string): TranslatedPort => ({
      by,
      protocol: each.protocol === 'UDP' ? 'udp' : 'tcp',
      port: String(number),
    });
    return [
      ...(type === 'NodePort' || type === 'LoadBalancer'
        ? [port(`${title}, its node port`, each.nodePort ?? '30000-32767')]
        : []),
      ...(type === 'LoadBalancer' && balanced ? [port(`${title}, by K3s' ServiceLB`, each.port)] : []),
      ...(externalIPs.length > 0 ? [port(`${title}, its external addresses`, each.port)] : []),
    ];
  });
}

function podPorts(object: Objects[number]): TranslatedPort[] {
  const pod = podOf(object);
  const title = titleOf(object);
  const containers = [...(pod?.containers ?? []), ...(pod?.initContainers ?? [])];
  if (pod?.hostNetwork)
    return [{ by: `${title}, in the node's own network`, protocol: 'tcp', port: '1-65535' }];
  return containers
    .flatMap(({ ports = [] }) => ports)
    .filter(({ hostPort }) => hostPort !== undefined)
    .map(({ hostPort, protocol }) => ({
      by: `${title}, its host port`,
      protocol: protocol === 'UDP' ? 'udp' : 'tcp',
      port: String(hostPort),
    }));
}

/** Traefik's Service is a LoadBalancer, which has node ports of its own as well. */
function traefikPorts(balanced: boolean): TranslatedPort[] {
  return [
    ...(balanced
      ? ['80', '443'].map((port) => ({ by: "K3s' Traefik, by ServiceLB", protocol: 'tcp' as const, port }))
      : []),
    { by: "K3s' Traefik, its node ports", protocol: 'tcp', port: '30000-32767' },
  ];
}

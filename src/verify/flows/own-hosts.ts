import { directivesBelow } from '../../nginx/find.ts';
import { isPrivateAddress, parseNetwork } from '../../units/network.ts';
import { specialUse } from '../../units/special-use.ts';
import type { Dist } from '../dist.ts';
import { everyObject } from '../kubernetes/every-object.ts';

/** True for a host of the platform itself: its domains, names inside the cluster, its nodes, private addresses. */
export type IsOwnHost = (host: string) => boolean;

/** What is reached without leaving the platform. */
export function ownHostsOf(dist: Dist): IsOwnHost {
  const objects = [...everyObject(dist), ...dist.nodes.flatMap((node) => node.objects)];
  const services = new Set(
    objects
      .filter(({ kind }) => kind === 'Service')
      .map(({ name, namespace = 'default' }) => `${name}.${namespace}`),
  );
  const names = new Set([...servedNames(dist), ...dist.lock.nodes.flatMap(({ addresses }) => addresses)]);
  return (written) => {
    const host = written.toLowerCase().replace(/^\[|\]$/g, '');
    if (parseNetwork(host) !== undefined) {
      return names.has(host) || isPrivateAddress(host) || specialUse(host) !== undefined;
    }
    // A name without a dot is one of this machine, of this namespace or of an upstream.
    return (
      !host.includes('.') ||
      /\.(svc|local|localhost|internal)$/.test(host) ||
      names.has(host) ||
      services.has(host) ||
      // Charts make Services that no manifest shows.
      /^[a-z0-9-]+\.(openfaas|openfaas-fn|kube-system|default)$/.test(host)
    );
  };
}

/** The names that nginx answers to, and the gateway of stack.yaml. */
function servedNames({ nginx, nodes, stack }: Dist): string[] {
  const confs = [...nginx, ...nodes.flatMap((node) => node.nginx)];
  return [
    ...confs
      .flatMap(({ statements }) => directivesBelow(statements, 'server_name'))
      .flatMap(({ args }) => args),
    stack.provider.gateway.replace(/^https?:\/\//, ''),
  ].map((name) => name.toLowerCase());
}

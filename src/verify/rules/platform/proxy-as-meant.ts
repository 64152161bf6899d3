import { places } from '../../../platform/nodes/places.ts';
import { neverProxied } from '../../../platform/nodes/proxy/proxy.ts';
import type { Dist, DistNode } from '../../dist.ts';
import { aptProxyOf, downloadProxyOf, type ProxyBack, proxyInFile } from '../../read/proxy.ts';
import type { Statement } from './node-as-meant.ts';

/** The proxy of a node as the lock file names it, beside what each program of it reads. */
export function ofProxy(dist: Dist, node: DistNode): Statement[] {
  const { name } = node;
  const meant = dist.lock.nodes.find((one) => one.name === name)?.proxy;
  const inside = meant && { urls: [meant.url], except: exceptions(dist, meant.except) };
  const seen: readonly (readonly [program: string, ProxyBack | undefined])[] = [
    ['downloads', downloadProxyOf(node)],
    ['programs', proxyInFile(node, places.proxyEnv)],
    ['K3s', proxyInFile(node, places.k3sProxyEnv)],
  ];
  return [
    [
      `the proxy of apt on ${name}`,
      meant && { urls: [meant.url], except: [...meant.except].sort() },
      aptProxyOf(node),
    ],
    ...seen.map(([program, found]): Statement => [`the proxy of ${program} on ${name}`, inside, found]),
  ];
}

/** Targets inside the platform, without which a node would look for its own cluster behind the proxy. */
function exceptions({ lock, nodes }: Dist, except: readonly string[]): string[] {
  const ranges = nodes.flatMap(({ k3sConfig }) =>
    ['cluster-cidr', 'service-cidr'].flatMap((key) => String(k3sConfig[key] ?? '').split(',')),
  );
  const all = [
    ...neverProxied,
    ...ranges.filter((range) => range !== ''),
    ...lock.nodes.flatMap(({ addresses }) => addresses),
    ...except,
  ];
  return [...new Set(all)].sort();
}

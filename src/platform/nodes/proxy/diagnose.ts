import type { PlatformConfig } from '../../../config/platform-config.ts';
import type { ConfigPath, Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { checkedNetwork, containsNetwork, parseNetwork } from '../../../units/network.ts';
import { specialUse } from '../../../units/special-use.ts';
import type { Platform } from '../../platform.ts';
import type { Node } from '../node.ts';
import { k3sCallsOut } from './calls.ts';
import type { NodeProxy } from './proxy.ts';

type Proxied = Node & { readonly proxy: NodeProxy };

/** Reports proxies that no node can reach, and calls of the platform that would not go through them. */
export function diagnoseProxies(platform: Platform, config: PlatformConfig): Diagnostic[] {
  const proxied = platform.nodes.filter((node): node is Proxied => node.proxy !== undefined);
  return [
    ...proxied.flatMap((node) => diagnosePlace(node, platform)),
    ...diagnoseAddresses(platform, proxied),
    ...diagnoseCopies(platform, proxied),
    ...diagnoseMail(platform, proxied),
    ...diagnoseGit(platform, proxied, config),
  ];
}

/** The proxy must be another machine, outside of the cluster's own networks. */
function diagnosePlace({ name, address, proxy: { host } }: Proxied, { k3s }: Platform): Diagnostic[] {
  const network = parseNetwork(host);
  if (network === undefined) return [];
  const range = [k3s.clusterCidr, k3s.serviceCidr].find((each) =>
    containsNetwork(checkedNetwork(each), network),
  );
  const use =
    specialUse(host) ??
    (host === address ? 'this node itself' : range && `in ${range}, the cluster's own network`);
  return use === undefined
    ? []
    : [report('resolve/proxy-nowhere', ['nodes', name, 'proxy', 'url'], { address: host, use })];
}

/** If K3s itself uses the proxy, it must know all nodes, because it would look for the others behind the proxy. */
function diagnoseAddresses(platform: Platform, proxied: readonly Proxied[]): Diagnostic[] {
  const server = proxied.find((node) => k3sCallsOut(platform, node))?.name;
  if (server === undefined) return [];
  return platform.nodes
    .filter(({ address }) => address === undefined)
    .map(({ name }) => report('resolve/proxy-without-address', ['nodes', name], { name, server }));
}

/** A call that no proxy carries. */
interface Direct {
  readonly what: string;
  readonly host: string;
  readonly path: ConfigPath;
  readonly instead: string;
}

/** Reports it of the first of these nodes whose `except` does not list the host. */
function diagnoseDirect(direct: Direct, nodes: readonly Proxied[]): Diagnostic[] {
  const node = nodes.find(({ proxy }) => !proxy.except.includes(direct.host));
  return node === undefined
    ? []
    : [report('resolve/proxy-not-for', direct.path, { ...direct, node: node.name })];
}

function diagnoseCopies({ backups }: Platform, proxied: readonly Proxied[]): Diagnostic[] {
  if (backups?.ssh === undefined) return [];
  const { host } = backups.ssh;
  const first = proxied.filter(({ first }) => first);
  const path = ['backups', 'to', 'ssh', 'host'];
  return diagnoseDirect({ what: 'copies by SSH', host, path, instead: 'use s3' }, first);
}

function diagnoseMail({ alerts }: Platform, proxied: readonly Proxied[]): Diagnostic[] {
  return (alerts?.targets ?? []).flatMap(({ name, kind, host }) => {
    const path = ['alerts', 'to', name, 'host'];
    const mail = { what: 'mail', host, path, instead: "use kind: 'ntfy' or 'webhook'" };
    return kind === 'mail' ? diagnoseDirect(mail, proxied) : [];
  });
}

/** Pods of Flux or Argo CD fetch the repository, on whatever node they are. */
function diagnoseGit(
  { delivery }: Platform,
  proxied: readonly Proxied[],
  { delivery: written }: PlatformConfig,
): Diagnostic[] {
  if (delivery.mode !== 'gitops' || typeof written === 'string') return [];
  const host = delivery.repository.replace(/^\w+:\/\/([^@/]*@)?([^/:]+).*$/, '$2');
  const path = ['delivery', 'git', 'repository'];
  const what = `the repository that pods of ${delivery.tool === 'flux' ? 'Flux' : 'Argo CD'} fetch`;
  return diagnoseDirect({ what, host, path, instead: "use mode: 'embedded'" }, proxied);
}

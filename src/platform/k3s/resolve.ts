import type { K3sConfig } from '../../config/k3s/k3s.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { diagnoseHardening, diagnoseIpv6Disabled } from '../kernel/hardening.ts';
import { credentialsOf } from '../nodes/places.ts';
import { topologyOf } from '../nodes/topology.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { refusedResolvers } from '../sovereignty/public-resolvers.ts';
import { defaultClusterCidr, defaultServiceCidr, diagnoseRanges, resolveIpv6 } from './cluster-ranges.ts';
import { resolveFlannel } from './flannel.ts';
import { diagnoseImageNames } from './image-names.ts';
import type { K3s, Registries } from './k3s.ts';
import { neededK3s } from './keys.ts';
import { diagnoseKubelet, resolveKubelet } from './kubelet.ts';
import { diagnoseResolvers } from './resolvers.ts';
import { diagnoseRewrites } from './rewrites.ts';
import { diagnoseSnapshots } from './snapshots.ts';
import {
  compareReleases,
  defaultK3s,
  impossibleIn,
  isKubernetesMinor,
  k3sHashes,
  minorOf,
  newestK3s,
} from './versions.ts';

/** An installer script that we have read, by its commit. */
const defaultInstaller = {
  url: 'https://raw.githubusercontent.com/k3s-io/k3s/2d0f82fa2f933cd227fe38e1482558ce4769f464/install.sh',
  sha256: 'ed01f89fd977bf20ac1516bbebf8370bf3ddbaa55dac8aba610956a4c78cc00b',
};

/** K3s with its defaults. */
export function resolveK3s(config: PlatformConfig): readonly [K3s, Diagnostic[]] {
  const written = config.k3s ?? {};
  const version = written.version ?? defaultK3s;
  const minor = minorOf(version);
  const [flannelBackend, flannelProblems] = resolveFlannel(config);
  const k3s: K3s = {
    version,
    minor: isKubernetesMinor(minor) ? minor : '1.36',
    clusterCidr: written.clusterCidr ?? defaultClusterCidr,
    serviceCidr: written.serviceCidr ?? defaultServiceCidr,
    clusterDns: written.clusterDns,
    resolvers: written.resolvers,
    searchDomains: written.searchDomains ?? [],
    refusedResolvers: refusedResolvers(config.sovereignty),
    ipv6: resolveIpv6(written.ipv6),
    flannelBackend,
    tlsSans: tlsSans(config),
    datastore: written.datastore ?? (topologyOf(config).servers.length > 1 ? 'etcd' : 'sqlite'),
    snapshots: written.snapshots && {
      schedule: written.snapshots.schedule,
      retention: written.snapshots.retention,
      s3Secret: written.snapshots.s3Secret,
    },
    kubelet: resolveKubelet(written.kubelet),
    hardened: written.hardening === 'cis',
    kubeconfigMode: written.kubeconfigMode ?? '0600',
    kubeconfigGroup: written.kubeconfigGroup,
    kubeconfigName: written.kubeconfigName,
    registries: resolveRegistries(written),
    systemDefaultRegistry: written.systemDefaultRegistry,
    allowedRegistries: written.allowedRegistries && [...written.allowedRegistries].sort(),
    binarySha256: { ...k3sHashes[version], ...written.binarySha256 },
    downloadFrom: written.downloadFrom ?? 'https://github.com/k3s-io/k3s/releases/download',
    airgapImages: written.airgapImages ?? false,
    installer: written.installer ?? defaultInstaller,
  };
  const diagnostics = [
    ...diagnoseVersion(k3s),
    ...diagnoseKubeconfig(k3s),
    ...diagnoseKeys(k3s, written),
    ...diagnoseDatastore(k3s, config),
    ...diagnoseSnapshots(k3s, config),
    ...diagnoseRewrites(written),
    ...diagnoseImageNames(config),
    ...diagnoseRanges(k3s, config),
    ...diagnoseResolvers(k3s),
    ...diagnoseKubelet(k3s.kubelet),
    ...diagnoseHardening(config),
    ...diagnoseIpv6Disabled(config),
    ...flannelProblems,
  ];
  return [k3s, diagnostics];
}

/** Servers are reached at their own addresses; K3s adds their names itself. */
function tlsSans(config: PlatformConfig): string[] {
  const { servers } = topologyOf(config);
  const addresses = servers.flatMap((name) => {
    const { address, address6, externalAddress } = config.nodes[name] ?? {};
    return [address, address6, externalAddress].filter((each) => each !== undefined);
  });
  return [...new Set([...addresses, ...(config.k3s?.tlsSan ?? [])])].sort();
}

function resolveRegistries({ registries }: K3sConfig): Registries | undefined {
  return (
    registries && {
      mirrors: sortedEntries(registries.mirrors ?? {}).map(([registry, { endpoints, rewrite }]) => ({
        registry,
        endpoints,
        rewrite,
      })),
      mirrorsOnly: registries.mirrorsOnly ?? false,
      access: sortedEntries(registries.configs ?? {}).map(([registry, { auth, ca }]) => ({
        registry,
        credentials: auth && credentialsOf(registry),
        ca,
      })),
    }
  );
}

function diagnoseVersion({ version }: K3s): Diagnostic[] {
  const minor = minorOf(version);
  const impossible = impossibleIn(version);
  if (impossible !== undefined) {
    const newest = isKubernetesMinor(minor) ? newestK3s[minor] : defaultK3s;
    return [report('resolve/k3s-release-impossible', ['k3s', 'version'], { version, impossible, newest })];
  }
  if (!isKubernetesMinor(minor)) {
    const minors = Object.keys(newestK3s);
    return [report('resolve/k3s-minor-unknown', ['k3s', 'version'], { version, minors })];
  }
  if (compareReleases(version, newestK3s[minor]) >= 0) return [];
  return [report('resolve/k3s-behind', ['k3s', 'version'], { version, newest: newestK3s[minor] })];
}

function diagnoseKubeconfig({ kubeconfigMode: mode, kubeconfigGroup: group }: K3s): Diagnostic[] {
  return [
    ...(mode === '0644' ? [report('resolve/kubeconfig-readable', ['k3s', 'kubeconfigMode'], undefined)] : []),
    ...(group !== undefined && mode !== '0640'
      ? [report('resolve/kubeconfig-group-unused', ['k3s', 'kubeconfigGroup'], { group, mode })]
      : []),
  ];
}

/** K3s itself goes on without the keys that it does not know. */
function diagnoseKeys({ version }: K3s, written: K3sConfig): Diagnostic[] {
  const wildcards = [...(written.tlsSan ?? []).entries()].filter(([, name]) => name.startsWith('*'));
  const used: [key: string, what: string, path: (string | number)[]][] = [
    ...(written.kubeconfigName === undefined
      ? []
      : [
          ['write-kubeconfig-name', 'kubeconfigName', ['k3s', 'kubeconfigName']] as [
            string,
            string,
            string[],
          ],
        ]),
    ...wildcards.map(([index, name]): [string, string, (string | number)[]] => [
      'tls-san *',
      `'${name}' in tlsSan`,
      ['k3s', 'tlsSan', index],
    ]),
  ];
  return used.flatMap(([key, what, path]) => {
    const since = neededK3s(key, version);
    return since === undefined ? [] : [report('resolve/k3s-too-old', path, { what, since, version })];
  });
}

function diagnoseDatastore({ datastore }: K3s, config: PlatformConfig): Diagnostic[] {
  const { servers } = topologyOf(config);
  return datastore === 'sqlite' && servers.length > 1
    ? [report('resolve/sqlite-of-one', ['k3s', 'datastore'], { servers: servers.length })]
    : [];
}

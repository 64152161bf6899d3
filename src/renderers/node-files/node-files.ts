import type { Artifact, NodeFile } from '../../artifacts/artifact.ts';
import type { Node } from '../../platform/nodes/node.ts';
import type { Platform } from '../../platform/platform.ts';
import { nginxPackageFiles } from '../apply-script/nginx-packages.ts';
import { k3sConfigFile } from '../k3s/config.ts';
import { hardeningFiles } from '../k3s/hardening.ts';
import { registriesFiles } from '../k3s/registries.ts';
import { deployedManifests } from '../manifests/deployed-manifests.ts';
import { nginxPlaces } from '../nginx/nginx.ts';
import { backupFiles } from './backup-files.ts';
import { dataMount, k3sDropIn, nginxUnitFiles } from './drop-ins.ts';
import { firewallFiles } from './firewall.ts';
import { logFiles } from './log-files.ts';
import { maintenanceFiles } from './maintenance.ts';
import { resolverFiles } from './resolvers.ts';
import { sshFiles, sysctlFile, systemFiles } from './system-files.ts';
import { tlsFiles } from './tls.ts';
import { watchFiles } from './watch-files.ts';

/** All files of a node except tokens, which are never in `dist/`. */
export function nodeFiles(
  platform: Platform,
  node: Node,
  marker: string,
  artifacts: readonly Artifact[],
): NodeFile[] {
  const confs = artifacts.filter(({ kind }) => kind === 'nginx');
  return [
    ...systemFiles(node, marker),
    ...logFiles(platform, node, marker),
    ...backupFiles(platform, node, marker),
    ...watchFiles(platform, node, marker),
    ...sshFiles(node, marker),
    sysctlFile(node, marker),
    ...hardeningFiles(platform, node, marker),
    ...resolverFiles(platform, marker),
    k3sConfigFile(platform, node, marker),
    k3sDropIn(node, marker),
    ...dataMount(node, marker),
    ...maintenanceFiles(platform, node, marker),
    ...registriesFiles(platform.k3s, marker),
    ...firewallFiles(platform, node, marker),
    ...(node.nginx
      ? [
          ...nginxPackageFiles(platform, node, marker),
          ...tlsFiles(platform, marker),
          ...nginxUnitFiles(platform, marker),
          ...confs.map(nginxFile),
        ]
      : []),
    ...deployedManifests(platform, node, artifacts),
  ];
}

function nginxFile({ path, kind, text }: Artifact): NodeFile {
  const place = nginxPlaces[path];
  if (place === undefined) throw new Error(`no place on a node for ${path}`);
  return { path: place, kind, text, permissions: '0644' };
}

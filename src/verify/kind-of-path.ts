import type { ArtifactKind } from '../artifacts/artifact.ts';

type Row = readonly [pattern: RegExp, kind: ArtifactKind];

/** What each file of `dist/` is written in. */
const distKinds: readonly Row[] = [
  [/^cloud-init\/[^/]+\.yaml$/, 'user-data'],
  [/^manifests\/kustomization\.yaml$/, 'kustomization'],
  [/^(manifests|gitops)\/[^/]+\.yaml$/, 'manifest'],
  [/^nginx\/[^/]+\.conf$/, 'nginx'],
  [/^nodes\/[^/]+\/apply\.sh$/, 'script'],
  [/^stack\.yaml$/, 'stack'],
  [/^platform\.lock\.json$/, 'lock'],
];

/** What each file that apply.sh puts on a node is written in. */
const nodeKinds: readonly Row[] = [
  [/^\/etc\/(ssh\/sshd_config\.d|modules-load\.d)\/[^/]+\.conf$/, 'text'],
  [/^\/etc\/apt\/(apt\.conf|preferences|sources\.list)\.d\/[^/]+$/, 'text'],
  [/^\/etc\/sysctl\.d\/[^/]+\.conf$/, 'sysctl'],
  [/^\/etc\/rancher\/k3s\/config\.yaml$/, 'k3s-config'],
  [/^\/etc\/rancher\/k3s\/registries\.yaml$/, 'registries'],
  [/^\/etc\/rancher\/k3s\/admission\.yaml$/, 'admission-config'],
  [/^\/etc\/rancher\/k3s\/audit\.yaml$/, 'audit-policy'],
  [/^\/etc\/rancher\/k3s\/(server|agent)-token$/, 'token'],
  [/^\/etc\/fjord\/firewall\.nft$/, 'nftables'],
  [/^\/etc\/nginx\/(conf\.d\/[^/]+|nginx)\.conf$/, 'nginx'],
  [
    /^\/etc\/systemd\/system\/([^/]+\.(service|path|timer)|(nginx|k3s|k3s-agent)\.service\.d\/fjord\.conf)$/,
    'unit',
  ],
  [/^\/etc\/systemd\/journald\.conf\.d\/fjord\.conf$/, 'unit'],
  [/^\/etc\/logrotate\.d\/nginx$/, 'text'],
  [/^\/usr\/local\/sbin\/[^/]+$/, 'script'],
  [/^\/var\/lib\/rancher\/k3s\/server\/manifests\/[^/]+\.yaml$/, 'manifest'],
];

/** The language of a file of `dist/`, or `undefined` for one that is none of ours. */
export function kindOfDistPath(path: string): ArtifactKind | undefined {
  return kindIn(distKinds, path);
}

/** The language of a file on a node, or `undefined` for a place that we put nothing. */
export function kindOfNodePath(path: string): ArtifactKind | undefined {
  return kindIn(nodeKinds, path);
}

function kindIn(rows: readonly Row[], path: string): ArtifactKind | undefined {
  return rows.find(([pattern]) => pattern.test(path))?.[1];
}

import type { ConfigPath } from '../diagnostics/diagnostic.ts';

/** The languages that we emit. Each has a parser and a schema in `verify/`. */
export type ArtifactKind =
  | 'user-data'
  | 'manifest'
  | 'kustomization'
  | 'nginx'
  | 'sysctl'
  | 'k3s-config'
  | 'registries'
  | 'admission-config'
  | 'audit-policy'
  | 'token'
  | 'stack'
  | 'lock'
  | 'script'
  | 'unit'
  | 'nftables'
  | 'text';

/** One file that `dist/` gets. */
export interface Artifact {
  /** Below the output directory, with `/` between parts, never absolute, never with `..`. */
  readonly path: string;
  readonly kind: ArtifactKind;
  /** The whole file, UTF-8, ending in a newline. */
  readonly text: string;
  /** The part of the config that it mainly comes from, for problems found in it. */
  readonly source: ConfigPath;
}

/** One file that a node's apply.sh puts on it. */
export interface NodeFile {
  /** Absolute, on the node. */
  readonly path: string;
  readonly kind: ArtifactKind;
  /** The whole file, UTF-8, ending in a newline. */
  readonly text: string;
  /** Octal, as a string of four digits: `'0644'`. The owner is always root:root. */
  readonly permissions: string;
}

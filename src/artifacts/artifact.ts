import type { ConfigPath } from '../diagnostics/diagnostic.ts';

/** The languages of our artifacts. Each has a parser and a schema in `verify/`. */
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

/** One file of `dist/`. */
export interface Artifact {
  /** Below the output directory, with `/` between parts, never absolute, never with `..`. */
  readonly path: string;
  readonly kind: ArtifactKind;
  /** The whole file, UTF-8, ending in a newline. */
  readonly text: string;
  /** The part of the config that it is mainly made from, for diagnostics about it. */
  readonly source: ConfigPath;
}

/** One file that a node's apply.sh writes. */
export interface NodeFile {
  /** Absolute, on the node. */
  readonly path: string;
  readonly kind: ArtifactKind;
  /** The whole file, UTF-8, ending in a newline. */
  readonly text: string;
  /** Octal, as a string of four digits: `'0644'`. The owner is always root:root. */
  readonly permissions: string;
}

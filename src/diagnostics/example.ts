/** Something that causes a code. */
export type Example<P = unknown> = ConfigExample | DistExample | SourceExample | SituationExample<P>;

/** A small valid config with these keys replaced, each by source text. An empty text removes the key. */
export interface ConfigExample {
  readonly config: Readonly<Record<string, string>>;
}

/** An edit of a config's `dist/`. */
export interface DistExample {
  readonly config?: Readonly<Record<string, string>>;
  readonly dist: DistEdit;
}

/** Replaces text in a file, removes a file or adds one. */
export type DistEdit =
  | {
      /** Below `dist/`; `#/path` at its end names a file embedded in user-data. */
      readonly path: string;
      readonly from: string;
      readonly to: string;
    }
  | { readonly path: string; readonly remove: true }
  | { readonly path: string; readonly add: string };

/** A whole config file. */
export interface SourceExample {
  /** @default 'platform.config.ts' */
  readonly file?: string;
  readonly source: string;
}

/** A situation that only a disk or another process can cause. A test causes it; the docs describe it. */
export interface SituationExample<P = unknown> {
  readonly situation: string;
  /** The parameters of its message. */
  readonly says: P;
}

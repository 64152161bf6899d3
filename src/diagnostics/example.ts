/** Something that brings a code about. */
export type Example<P = unknown> = ConfigExample | DistExample | SourceExample | SituationExample<P>;

/** A config: these keys, each as source text, in place of those of a small one that is right. Empty leaves it out. */
export interface ConfigExample {
  readonly config: Readonly<Record<string, string>>;
}

/** What someone does to the `dist/` of a config. */
export interface DistExample {
  readonly config?: Readonly<Record<string, string>>;
  readonly dist: DistEdit;
}

/** A text becomes another one, a file goes, or one is added. */
export type DistEdit =
  | {
      /** Below `dist/`; with `#/path`, a file that user-data carries. */
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

/** What only a disk or another process can bring about. Tests do so; people are told. */
export interface SituationExample<P = unknown> {
  readonly situation: string;
  /** What its message is made from. */
  readonly says: P;
}

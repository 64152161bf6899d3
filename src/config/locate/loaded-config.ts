/** A config file that was read and evaluated, not yet checked. */
export interface LoadedConfig {
  /** Absolute. */
  readonly file: string;
  /** The file's text when it was evaluated, without a byte order mark. */
  readonly source: string;
  /** Frozen plain data. Files that the config names are read: their objects are in the places of their names. */
  readonly value: unknown;
  /** Present when the config names files of manifests. */
  readonly manifests?: LoadedManifests;
}

/** The files of manifests that a config names. */
export interface LoadedManifests {
  /** The config as it is written, with the names of the files. */
  readonly written: LoadedConfig;
  /** By position in `delivery.manifests`. */
  readonly files: ReadonlyMap<number, ManifestFile>;
}

/** A file of manifests that was read. */
export interface ManifestFile {
  /** Absolute. */
  readonly file: string;
  readonly source: string;
  /** For each object, the position of its document in the file: a document can be empty. */
  readonly documents: readonly number[];
}

/** A config file that was read and evaluated, not yet checked. */
export interface LoadedConfig {
  /** Absolute. */
  readonly file: string;
  /** The file's text when it was evaluated, without a byte order mark. */
  readonly source: string;
  /** Frozen plain data. */
  readonly value: unknown;
}

/** Somewhere to write text to. */
export interface Sink {
  readonly write: (text: string) => void;
}

/** All that the command line knows of the process it runs in, so that tests can give it another one. */
export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a person looks at it, stream by stream. */
  readonly isTTY: { readonly stdout: boolean; readonly stderr: boolean };
}

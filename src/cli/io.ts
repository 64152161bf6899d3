import type { OutputFile } from './output/output-file.ts';

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
  /** The file that standard output is, if it is one. */
  readonly stdoutFile: () => OutputFile;
  /** Asks for a line without showing it; undefined as an answer means that the person gave up. Absent without a terminal. */
  readonly askSecret: ((question: string) => Promise<string | undefined>) | undefined;
  /** Whether a person looks at it, stream by stream. */
  readonly isTTY: { readonly stdout: boolean; readonly stderr: boolean };
}

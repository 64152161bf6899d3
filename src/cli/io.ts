import type { Cache } from '../config/load/cache.ts';
import type { OutputFile } from './output/output-file.ts';

/** A destination for text. */
export interface Sink {
  readonly write: (text: string) => void;
}

/** Everything that the command line uses of its process, so that tests can replace it. */
export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The file that standard output goes to, if any. */
  readonly stdoutFile: () => OutputFile;
  /** Asks for a line without showing it; the answer is undefined if the user cancels. Undefined without a terminal. */
  readonly askSecret: ((question: string) => Promise<string | undefined>) | undefined;
  /** True for each stream that is a terminal. */
  readonly isTTY: { readonly stdout: boolean; readonly stderr: boolean };
  /** @default nothing is kept */
  readonly cache?: Cache;
}

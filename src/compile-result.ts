import type { Artifact } from './artifacts/artifact.ts';
import type { Difference } from './artifacts/difference.ts';
import type { WriteSummary } from './artifacts/write/write.ts';
import type { Silenced } from './config/diagnostics/adjust.ts';
import type { Cache } from './config/load/cache.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import type { Rollout } from './rollout/rollout.ts';

/** What a compile is told. */
export interface CompileOptions {
  /** Absolute path of the config file. */
  readonly configFile: string;
  /** Absolute path of the output directory. */
  readonly outDir: string;
  /** `write` brings the output directory up to date, `check` only compares it. */
  readonly mode: 'write' | 'check';
  /** Whether warnings fail the compile. */
  readonly strict: boolean;
  /** The platform that may be replaced by another one in the output directory; undefined: none may. */
  readonly replaces?: string | undefined;
  /** Absolute; paths in messages are shown relative to it. */
  readonly cwd: string;
  /** Keeps the config as JavaScript. @default nothing is kept */
  readonly cache?: Cache | undefined;
}

/** How much of a provider's user-data limit one node's user-data takes. */
export interface Budget {
  /** The artifact's path. */
  readonly artifact: string;
  /** Bytes, as the provider counts them, with the longest tokens that it can get. */
  readonly used: number;
  /** Bytes. */
  readonly limit: number;
  readonly provider: string;
}

/** What a compile found and did. */
export interface Compilation {
  readonly diagnostics: readonly Diagnostic[];
  /** What the config says not to tell, and why. */
  readonly silenced: readonly Silenced[];
  /** Empty when a stage before rendering had errors. */
  readonly artifacts: readonly Artifact[];
  /** In `check` mode: what on disk is not as compiled. */
  readonly differences: readonly Difference[];
  /** In `write` mode, when writing was reached and done. */
  readonly written: WriteSummary | undefined;
  readonly budgets: readonly Budget[];
  /** How what changed since the `dist/` on disk reaches running machines; empty when nothing did, or none was there. */
  readonly rollout: Rollout;
  /** No errors; with `strict`, no warnings either; in `check` mode, no differences. */
  readonly ok: boolean;
}

export type Compile = (options: CompileOptions) => Promise<Compilation>;

import type { Code } from './codes.ts';
import type { Severity } from './definition.ts';

/** Where in the config a value stands: `['nodes', 'oslo-1', 'role']`. Empty means the config as a whole. */
export type ConfigPath = readonly (string | number)[];

/** A place in the user's own file. Lines and columns count from 1, as editors do. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** How many characters to underline, at least 1. */
  readonly length: number;
  /** The whole source line, without its line end. */
  readonly text: string;
  /** False when the value itself could not be found and this is the nearest place that could (a spread, a call). */
  readonly exact: boolean;
  /** Present when the config has no such value, so that nobody wrote it anywhere. */
  readonly absent?: true;
}

/** A place in one of the emitted artifacts, for problems of our own output. */
export interface ArtifactLocation {
  /** The artifact's path below the output directory, and `#/path` of a file that it carries. */
  readonly path: string;
  /** From 1, where it is known. */
  readonly line?: number;
  /** That line, where there is a file to look it up in. */
  readonly text?: string;
}

/** One problem: what is so, where it was written, and what to do next. */
export interface Diagnostic {
  /** Stable, `stage/kebab-fact`, never reused for another meaning. */
  readonly code: Code;
  readonly severity: Severity;
  readonly path: ConfigPath;
  /** Whether the key or the value at `path` is wrong. */
  readonly at: 'key' | 'value';
  /** The fact, with the value quoted. */
  readonly message: string;
  /** The next step. */
  readonly hint: string;
  /** Present once the position of `path` in the user's file has been looked up. */
  readonly location?: SourceLocation;
  /** Present when one of our artifacts is wrong, not (directly) what the user wrote. */
  readonly artifact?: ArtifactLocation;
}

/** What a stage returns: its value, when it could make one, and every problem that it found. */
export type Outcome<T> = readonly [value: T | undefined, diagnostics: readonly Diagnostic[]];

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

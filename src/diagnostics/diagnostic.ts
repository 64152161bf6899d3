import type { Code } from './codes.ts';
import type { Severity } from './definition.ts';

/** The place of a value in the config: `['nodes', 'oslo-1', 'role']`. Empty for the config as a whole. */
export type ConfigPath = readonly (string | number)[];

/** A place in the user's own file. Lines and columns count from 1, as editors do. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The number of characters to underline, at least 1. */
  readonly length: number;
  /** The whole source line, without its line end. */
  readonly text: string;
  /** False when the value itself could not be found and this is the nearest place that could (a spread, a call). */
  readonly exact: boolean;
  /** Present when the config does not have the value, so there is no place to show. */
  readonly absent?: true;
}

/** A place in one of the emitted artifacts, for problems of our own output. */
export interface ArtifactLocation {
  /** The artifact's path below the output directory; for a file embedded in it, followed by `#/path`. */
  readonly path: string;
  /** From 1; absent if unknown. */
  readonly line?: number;
  /** The text of that line, if there is a file to read it from. */
  readonly text?: string;
}

/** One problem: the fact, the place in the config, and the next step. */
export interface Diagnostic {
  /** Stable, `stage/kebab-fact`, never reused for another meaning. */
  readonly code: Code;
  readonly severity: Severity;
  readonly path: ConfigPath;
  /** The part at `path` that is wrong. */
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

/** The result of a stage: its value, if it could make one, and every problem that it found. */
export type Outcome<T> = readonly [value: T | undefined, diagnostics: readonly Diagnostic[]];

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

import type { Code } from '../../../diagnostics/codes.ts';
import type { Params } from '../../../diagnostics/report.ts';

/** The parameters of the diagnostic of a foreign key. */
export interface ForeignKeyParams {
  readonly key: string;
  readonly value: unknown;
  /** What to write here instead, as an action. */
  readonly instead: string;
}

/** The codes that take these parameters. */
export type ForeignKeyCode = {
  [C in Code]: [ForeignKeyParams] extends [Params<C>] ? C : never;
}[Code];

export interface ForeignKey {
  /** The code that is reported instead of `check/unknown-key`. */
  readonly code: ForeignKeyCode;
  readonly instead: string;
}

import type { Code } from '../../../diagnostics/codes.ts';
import type { Params } from '../../../diagnostics/report.ts';

/** What the sentences of a foreign key's code are made from. */
export interface ForeignKeyParams {
  readonly key: string;
  readonly value: unknown;
  /** What to write here instead, as an action. */
  readonly instead: string;
}

/** The codes whose sentences can be made from that. */
export type ForeignKeyCode = {
  [C in Code]: [ForeignKeyParams] extends [Params<C>] ? C : never;
}[Code];

export interface ForeignKey {
  /** What is said instead of `check/unknown-key`. */
  readonly code: ForeignKeyCode;
  readonly instead: string;
}

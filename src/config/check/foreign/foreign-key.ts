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

/** Rows of one code, by key: what to write instead. A key gets the path of its section before it, such as `nodes.*`. */
export function foreignRows(
  section: string,
  code: ForeignKeyCode,
  instead: Readonly<Record<string, string>>,
): Record<string, ForeignKey> {
  const path = (key: string) => (section === '' ? key : `${section}.${key}`);
  return Object.fromEntries(
    Object.entries(instead).map(([key, next]) => [path(key), { code, instead: next }]),
  );
}

import type { Severity } from './diagnostic.ts';

/** One row of the table of codes. `P` is what its sentences are made from. */
export interface Definition<P> {
  readonly severity: Severity;
  /** The fact, with the value quoted. */
  readonly fact: (params: P) => string;
  /** The next step, as an action. */
  readonly hint: (params: P) => string;
}

/** Makes a row; it exists so that each row's parameters are typed where they are written. */
export function define<P = void>(definition: Definition<P>): Definition<P> {
  return definition;
}

/** Whether a config may say what a code counts as. An error is a fact that no wish changes. */
export function isAdjustable({ severity }: { readonly severity: Severity }): boolean {
  return severity !== 'error';
}

import type { Example } from './example.ts';

/** How bad a problem is: an `error` stops the compile after its stage; `--strict` makes a `warning` an error. */
export type Severity = 'error' | 'warning' | 'info';

/** A code, whole. `P` is what its sentences are made from. */
export interface Definition<P> extends Sentences<P> {
  /** A sentence or two: why it matters. */
  readonly meaning: string;
  /** Something that brings it about. A test tries it. */
  readonly example: Example<P>;
}

/** What is said of one problem. */
export interface Sentences<P> {
  readonly severity: Severity;
  /** The fact, with the value quoted. */
  readonly fact: (params: P) => string;
  /** The next step, as an action. */
  readonly hint: (params: P) => string;
}

/** Defines a code; it exists so that its parameters are typed where they are written. */
export function define<P = void>(definition: Definition<P>): Definition<P> {
  return definition;
}

/** Whether a config may say what a code counts as. An error is a fact that no wish changes. */
export function isAdjustable({ severity }: { readonly severity: Severity }): boolean {
  return severity !== 'error';
}

import type { Example } from './example.ts';

/** The severity of a problem: an `error` stops the compile after its stage; `--strict` makes a `warning` an error. */
export type Severity = 'error' | 'warning' | 'info';

/** The full definition of a code. `P` is the type of its parameters. */
export interface Definition<P> extends Sentences<P> {
  /** Why it matters, in a sentence or two. */
  readonly meaning: string;
  /** Something that causes it. A test tries it. */
  readonly example: Example<P>;
}

/** The sentences that report one problem. */
export interface Sentences<P> {
  readonly severity: Severity;
  /** The fact, with the value quoted. */
  readonly fact: (params: P) => string;
  /** The next step, as an action. */
  readonly hint: (params: P) => string;
}

/** Returns the definition unchanged. It only makes TypeScript check the parameters where they are used. */
export function define<P = void>(definition: Definition<P>): Definition<P> {
  return definition;
}

/** True if a config may change the severity of a code. Errors cannot be adjusted. */
export function isAdjustable({ severity }: { readonly severity: Severity }): boolean {
  return severity !== 'error';
}

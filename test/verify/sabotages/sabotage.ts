import type { Code } from '../../../src/diagnostics/codes.ts';

/** One evil edit of a `dist/` whose hashes and copies are then made to agree. */
export interface Sabotage {
  /** What it does, in the words of whoever did it. */
  readonly name: string;
  /** The case of `test/cases/` that is edited; `reference` unless it says otherwise. */
  readonly of?: string;
  readonly edits: readonly Edit[];
  readonly outcome: Outcome;
}

/** A replacement of the first `find`, an addition behind the first `after`, or else at the end. */
export interface Edit {
  /** A path below `dist/`; a path on the node, for what apply.sh puts there; `apply.sh`; `user-data`. */
  readonly file: string;
  /** The node; the first of the lock file unless it says otherwise. */
  readonly node?: string;
  readonly find?: string;
  /** Each of it is replaced. */
  readonly every?: string;
  readonly after?: string;
  readonly put: string;
}

/** What no config compiles to is refused by that code; what another config compiles to may pass, and why. */
export type Outcome = { readonly refused: Code } | { readonly mayPass: string };

/** The sabotages of one kind. */
export type SabotagesOfKind = readonly Sabotage[];

import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Dist } from '../dist.ts';

/**
 * What somebody would suffer if a rule were broken:
 *
 * - `exposure`: strangers reach what is not for them
 * - `confinement`: what runs inside reaches further than its work needs
 * - `secrets`: a secret is known to more than those who need it, or is not made
 * - `reachability`: something does not come up, or cannot be reached by those it is for
 * - `lost calls`: calls fail that could have been answered
 * - `lost data`: what a platform stores is overwritten
 * - `ownership`: somebody else, or nobody, decides what runs
 */
export type Harm =
  | 'exposure'
  | 'confinement'
  | 'secrets'
  | 'reachability'
  | 'lost calls'
  | 'lost data'
  | 'ownership';

/** One invariant across the files of a platform, of whatever version of Fjord made them. */
export interface Rule {
  /** In kebab-case, as its file. */
  readonly name: string;
  readonly harm: Harm;
  /** Who loses what when it is broken, in one sentence. */
  readonly loss: string;
  readonly check: (dist: Dist) => readonly Diagnostic[];
}

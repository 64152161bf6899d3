/** How one file on disk is not as compiled. */
export interface Difference {
  /** Below the output directory. */
  readonly path: string;
  /** `orphaned`: a file that Fjord wrote earlier and does not emit any more. */
  readonly kind: 'missing' | 'changed' | 'orphaned';
  /**
   * What `fjord synth` would change, as the hunks of a unified diff: `-` lines are on disk, `+` lines are compiled.
   * Empty when lines do not tell the difference; `note` does then.
   */
  readonly diff: string;
  /** The first line, from 1, of the compiled file that is not so on disk. Absent without a diff. */
  readonly line?: number;
  /** What the lines alone do not show. */
  readonly note?: string;
}

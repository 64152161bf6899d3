/** A difference between one file on disk and its compiled form. */
export interface Difference {
  /** Below the output directory. */
  readonly path: string;
  /** `orphaned`: a file that Fjord wrote earlier and no longer emits. */
  readonly kind: 'missing' | 'changed' | 'orphaned';
  /**
   * The changes that `fjord synth` would make, as hunks of a unified diff: `-` lines are on disk, `+` lines are compiled.
   * Empty if lines cannot show the difference; `note` then describes it.
   */
  readonly diff: string;
  /** The first line, from 1, of the compiled file that differs on disk. Absent without a diff. */
  readonly line?: number;
  /** A difference that lines do not show. */
  readonly note?: string;
}

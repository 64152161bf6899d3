import type { Stage } from '../stage.ts';

/** Something that happens to a platform. */
export interface Misfortune {
  /** As in `--only`. */
  readonly name: string;
  /** One line. */
  readonly title: string;
  /** Whether Fjord promises that no call is lost by it. In any case it promises that all comes back. */
  readonly losesNoCall: boolean;
  /** How long all may take to come back. Seconds. */
  readonly backWithin: number;
  /** The reason why a platform cannot have it; undefined if it can. @default it can */
  readonly leftOut?: (stage: Stage) => string | undefined;
  /** Lets it happen, and returns when it is over. A line for the report may be returned. */
  readonly strike: (stage: Stage) => Promise<string | undefined>;
}

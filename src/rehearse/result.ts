import type { Losses } from './losses.ts';

/** One part of a rehearsal, and what it came to. */
export interface StepResult {
  readonly name: string;
  readonly title: string;
  /** Why it was not done; then nothing below is of use. */
  readonly leftOut?: string | undefined;
  /** Whether Fjord promises that no call is lost. */
  readonly losesNoCall: boolean;
  readonly losses: Losses;
  /** Seconds from its end until all was back. */
  readonly back: number | undefined;
  /** What was not back in time, or went wrong; one line each. */
  readonly notBack: readonly string[];
  readonly note?: string | undefined;
}

/** What a rehearsal came to. */
export interface RehearsalResult {
  readonly platform: string;
  /** How what ran differs from the config, one line each. */
  readonly changes: readonly string[];
  /** Who called, one line each. */
  readonly callers: readonly string[];
  readonly steps: readonly StepResult[];
  readonly seconds: number;
}

/** Whether a step lost what Fjord promises to keep, or did not come back. */
export function isRed(step: StepResult): boolean {
  if (step.leftOut !== undefined) return false;
  return step.notBack.length > 0 || (step.losesNoCall && step.losses.lost > 0);
}

import { readFileSync } from 'node:fs';

/** What the kernel says of a process. */
export interface ProcessStat {
  readonly parent: number;
  /** When it started, in the kernel's ticks: with its number, this names one process for ever. */
  readonly start: string;
}

/** Undefined if there is no such process, or it has ended and only its parent has not asked yet. */
export function statOf(pid: number): ProcessStat | undefined {
  try {
    const [state, parent, ...rest] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    if (state === 'Z' || state === 'X') return undefined;
    return { parent: Number(parent), start: rest[17] ?? '' };
  } catch {
    return undefined;
  }
}

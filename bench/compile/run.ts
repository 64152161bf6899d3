import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One of what is compared: a command, in a directory. */
export interface Subject {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Brings back what there was before a run, outside of the time that is measured. @default nothing is done */
  readonly before?: () => void;
}

/**
 * Runs a whole process to its end.
 *
 * @returns milliseconds from its start to its end, as a user waits for it
 * @throws if it fails: the time of a command that gives up says nothing
 */
export async function timeOf({ command, args, cwd, env, before }: Subject): Promise<number> {
  before?.();
  const begun = performance.now();
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (part) => {
    errors += part;
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  const taken = performance.now() - begun;
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${code}: ${errors}`);
  return taken;
}

/** Two subjects, run by turns, beginning with each as often. Milliseconds. */
export interface Pairs {
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

export async function pairsOf(ours: Subject, theirs: Subject, runs: number): Promise<Pairs> {
  const pairs = { ours: [] as number[], theirs: [] as number[] };
  for (let run = 0; run < runs; run++) {
    const order = run % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const);
    for (const which of order) pairs[which].push(await timeOf(which === 'ours' ? ours : theirs));
    process.stderr.write('.');
  }
  return pairs;
}

/** How many times as long ours takes: the median of what each pair gave, so that a machine that slows down does not count. */
export function ratioOf({ ours, theirs }: Pairs): number {
  return median(ours.map((taken, index) => taken / (theirs[index] ?? Number.NaN)));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

/**
 * The most memory that a Node process takes, in MiB: resident, as the kernel counted it.
 *
 * @throws if the command fails
 */
export async function memoryOf(subject: Subject): Promise<number> {
  const file = join(tmpdir(), `fjord-bench-${process.pid}`);
  const hook = join(import.meta.dirname, 'peak-memory.cjs');
  const env = { ...subject.env, NODE_OPTIONS: `--require=${hook}`, PEAK_MEMORY: file };
  try {
    await timeOf({ ...subject, env });
    return Number(readFileSync(file, 'utf8')) / 1024;
  } finally {
    rmSync(file, { force: true });
  }
}

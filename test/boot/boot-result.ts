import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What one script said on the node. */
export interface StepResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** A file as it was on the node. */
export interface FileState {
  /** Octal, four digits: `'0644'`. */
  readonly mode: string;
  /** `user:group`. */
  readonly owner: string;
  readonly content: Buffer;
}

/** What one boot came to. */
export interface BootResult {
  /** From power-on to power-off. */
  readonly seconds: number;
  /** Whether the power had to be cut; then `steps` and `files` are empty. */
  readonly timedOut: boolean;
  /** All that the serial console showed. */
  readonly console: string;
  /** What the node asked the stand-in server, as `GET /path 200`. */
  readonly requests: readonly string[];
  readonly steps: Readonly<Record<string, StepResult>>;
  /** By absolute path; those of `collect` that were files. */
  readonly files: Readonly<Record<string, FileState>>;
}

/** Reads the results disk, `results`, unpacking it into the empty `directory`. */
export function readResult(
  outcome: Pick<BootResult, 'seconds' | 'timedOut' | 'console' | 'requests'> & {
    results: string;
    directory: string;
  },
): BootResult {
  const { results, directory, ...seen } = outcome;
  if (seen.timedOut) return { ...seen, steps: {}, files: {} };
  execFileSync('tar', ['-xf', results, '-C', directory]);
  const steps: Record<string, StepResult> = {};
  for (const name of readdirSync(directory).sort()) {
    const read = (part: string) => readFileSync(join(directory, name, part), 'utf8');
    // A step that powered the node off itself has no exit code.
    if (!existsSync(join(directory, name, 'exit-code'))) continue;
    const exitCode = Number(read('exit-code'));
    steps[name.replace(/^\d+-/, '')] = { stdout: read('stdout'), stderr: read('stderr'), exitCode };
  }
  return { ...seen, steps, files: readFiles(steps.files?.stdout ?? '') };
}

function readFiles(listing: string): Record<string, FileState> {
  const files: Record<string, FileState> = {};
  for (const line of listing.split('\n')) {
    const [path, mode, owner, content] = line.split('\t');
    if (!path || !mode || !owner || content === undefined) continue;
    files[path] = { mode: mode.padStart(4, '0'), owner, content: Buffer.from(content, 'base64') };
  }
  return files;
}

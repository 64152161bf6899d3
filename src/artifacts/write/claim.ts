import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import { kill, pid } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import type { OutputPlace } from '../disk/output-place.ts';
import { errorCode } from '../disk/read-if-possible.ts';

/** A lock on one output directory, until it is released or its process ends. */
export interface Claim {
  readonly release: () => void;
}

/** Another process' claim, for messages. */
export interface Rival {
  /** `process 4711`, or `process 4711 on otherhost`. */
  readonly owner: string;
  /** The file of the claim. */
  readonly file: string;
}

/** Another machine's claim expires after this, because its process cannot be checked. Writing takes seconds. */
const foreignClaimLife = 10 * 60 * 1000;

/** The number of tries. Two processes that claim at the same moment both step back and try again. */
const attempts = 4;

/**
 * Claims an output directory for this process, or returns the claim of the process that has it.
 *
 * A claim is an empty file beside the directory. Its name has the host, the process id and the start time of the process.
 * Each process creates its own and then looks for others, so of two that overlap at least one sees the other and steps
 * back. Names are never reused, so removing the claim of a dead process cannot affect a live one.
 */
export async function claimOutput(place: OutputPlace): Promise<Claim | Rival> {
  const name = `${pid}.${readProcess(pid)?.began ?? ''}.${thisHost()}`;
  const file = `${place.claimPrefix}${name}`;
  for (let attempt = 1; ; attempt += 1) {
    if (!createFile(file)) return { owner: `this process, ${pid}`, file };
    const release = (): void => rmSync(file, { force: true });
    const rival = findRivals(place, name)[0];
    if (rival === undefined) return { release };
    release();
    if (attempt === attempts) return rival;
    // Different for each process, so that two do not retry at the same moment again.
    await wait(attempt * (10 + (pid % 31)));
  }
}

/** True if there are any claims beside the output directory, also those of dead processes. */
export function hasClaims(place: OutputPlace): boolean {
  return existsSync(place.parent) && claimsBeside(place).length > 0;
}

function createFile(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx'));
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Finds valid claims of others. Removes those of dead processes. */
function findRivals(place: OutputPlace, own: string): Rival[] {
  return claimsBeside(place)
    .filter((name) => name !== own)
    .flatMap((name) => {
      const file = `${place.claimPrefix}${name}`;
      const [, id = '', began = '', host = ''] = /^(\d+)\.(\d*)\.(.*)$/.exec(name) ?? [];
      const isHere = host === thisHost();
      if (isHere ? isAlive(Number(id), began) : isRecent(file)) {
        return [{ owner: isHere ? `process ${id}` : `process ${id} on ${host}`, file }];
      }
      rmSync(file, { force: true });
      return [];
    });
}

function claimsBeside(place: OutputPlace): string[] {
  const prefix = basename(place.claimPrefix);
  const names = readdirSync(place.parent).filter((name) => name.startsWith(prefix));
  return names.map((name) => name.slice(prefix.length));
}

const thisHost = (): string =>
  hostname()
    .replace(/[^\w-]/g, '-')
    .slice(0, 64);

function isAlive(id: number, began: string): boolean {
  try {
    kill(id, 0);
  } catch (error) {
    // EPERM: it is alive, but belongs to another user.
    if (errorCode(error) === 'ESRCH') return false;
  }
  const now = readProcess(id);
  if (now === undefined) return true;
  // A zombie is dead and only waits for its parent. Another start time means a younger process with the same id.
  return now.state !== 'Z' && (began === '' || now.began === began);
}

/** A process's state, and its start in clock ticks after boot; undefined if the system does not provide them. */
function readProcess(id: number): { state: string | undefined; began: string | undefined } | undefined {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    // Field 2 is the command in parentheses, which may contain anything. State is field 3, the start time is field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0], began: fields[19] };
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

function isRecent(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs < foreignClaimLife;
}

import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import { kill, pid } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import type { OutputPlace } from '../disk/output-place.ts';
import { errorCode } from '../disk/read-if-possible.ts';

/** The right to write one output directory, until it is released or its process is gone. */
export interface Claim {
  readonly release: () => void;
}

/** Someone else's claim, as a message names it. */
export interface Rival {
  /** `process 4711`, or `process 4711 on otherhost`. */
  readonly owner: string;
  /** The file that stands for the claim. */
  readonly file: string;
}

/** A claim of another machine cannot be asked whether its process lives. Writing takes seconds at most. */
const foreignClaimLife = 10 * 60 * 1000;

/** Two that claim at the same moment both step back; this often they try again. */
const attempts = 4;

/**
 * Claims an output directory for this process, or names the one that has it.
 *
 * A claim is an empty file beside the directory whose name says who: host, process id and when that process began. Each
 * process makes its own and then looks for others, so of two that overlap at least one sees the other and steps back.
 * Names are never used twice, so removing the claim of a dead process can hit nobody else.
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
    // Different for each process, so that two do not keep in step.
    await wait(attempt * (10 + (pid % 31)));
  }
}

/** Whether claims stand beside the output directory, of whomever, alive or dead. */
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

/** The claims of others that still count; those of dead processes are removed. */
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
    // EPERM: it lives, and is another user's.
    if (errorCode(error) === 'ESRCH') return false;
  }
  const now = readProcess(id);
  if (now === undefined) return true;
  // A zombie is dead and only waits to be counted; another beginning is a younger process with the same number.
  return now.state !== 'Z' && (began === '' || now.began === began);
}

/** A process's state and when it began, in clock ticks since boot; undefined where the system does not tell. */
function readProcess(id: number): { state: string | undefined; began: string | undefined } | undefined {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    // The second field is the command in parentheses and may hold anything. State is field 3, beginning is 22.
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

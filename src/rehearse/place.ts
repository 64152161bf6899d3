import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { groupsNamed, removeGroups } from './groups.ts';

/** The directory of a rehearsal that is under way. There is one at a time. */
export interface Place {
  readonly directory: string;
  /** Removes it. */
  leave(): void;
}

/**
 * Takes the place of rehearsals, and removes what dead ones left. Their processes, mounts, namespaces and links ended with
 * them; files and cgroups did not.
 *
 * @param tools the directory that built things are kept in
 * @returns the process id of a rehearsal that is still going, if there is one
 */
export function takePlace(tools: string): Place | number {
  const all = join(tools, 'rehearsals');
  mkdirSync(all, { recursive: true });
  const names = readdirSync(all);
  const alive = names.find((name) => startOf(pidOf(name)) === name.split('-')[1]);
  if (alive !== undefined) return pidOf(alive);
  for (const name of names) rmSync(join(all, name), { recursive: true, force: true });
  removeDeadGroups();
  const directory = join(all, `${process.pid}-${startOf(process.pid)}`);
  mkdirSync(directory);
  writeFileSync(join(directory, 'calls'), '');
  return { directory, leave: () => rmSync(directory, { recursive: true, force: true }) };
}

function pidOf(name: string): number {
  return Number(name.split('-')[0]);
}

/** When a process started, in the kernel's ticks; undefined if there is none. */
function startOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')[19];
  } catch {
    return undefined;
  }
}

/** Removes the cgroups of machines whose process is gone. */
function removeDeadGroups(): void {
  for (const group of groupsNamed(/^fjord-rehearsal-\d+-\d+$/)) {
    const [, pid] = /\/fjord-rehearsal-(\d+)-\d+$/.exec(group) ?? [];
    if (startOf(Number(pid)) === undefined) removeGroups(group);
  }
}

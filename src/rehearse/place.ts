import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { groupsNamed, removeGroups } from './groups.ts';
import { statOf } from './stat-of.ts';

/** The directory of a rehearsal that is under way. There is one at a time. */
export interface Place {
  readonly directory: string;
  /** Removes it. */
  leave(): void;
}

const sweeper = fileURLToPath(new URL('../../rehearsal/world/sweep', import.meta.url));

/**
 * Takes the place of rehearsals, and removes what dead ones left. Processes, mounts, namespaces and links end with
 * their rehearsal, whatever ends it. Files and cgroups do not: a process that only waits for the end of this one removes
 * them, and if that was ended too, the next rehearsal does.
 *
 * @param tools the directory that built things are kept in
 * @returns the process id of a rehearsal that is still going, if there is one
 */
export function takePlace(tools: string): Place | number {
  const all = join(tools, 'rehearsals');
  mkdirSync(all, { recursive: true });
  const names = readdirSync(all);
  const alive = names.find((name) => statOf(pidOf(name))?.start === name.split('-')[1]);
  if (alive !== undefined) return pidOf(alive);
  for (const name of names) rmSync(join(all, name), { recursive: true, force: true });
  removeDeadGroups();
  const directory = join(all, `${process.pid}-${statOf(process.pid)?.start}`);
  mkdirSync(directory);
  writeFileSync(join(directory, 'calls'), '');
  const end = sweepAfter(directory);
  return {
    directory,
    leave: () => {
      end();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Returns how to end the process that waits. */
function sweepAfter(directory: string): () => void {
  // In a session of its own, so that who ends all processes of this one's group does not end it.
  const child = spawn(sweeper, [String(process.pid), directory], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  // Without it, the next rehearsal removes what is left.
  child.on('error', () => {});
  child.unref();
  (child.stdin as Socket).unref();
  return () => child.kill('SIGKILL');
}

function pidOf(name: string): number {
  return Number(name.split('-')[0]);
}

/** Removes the cgroups of machines whose process is gone. */
function removeDeadGroups(): void {
  for (const group of groupsNamed(/^fjord-rehearsal-\d+-\d+$/)) {
    const [, pid] = /\/fjord-rehearsal-(\d+)-\d+$/.exec(group) ?? [];
    if (statOf(Number(pid)) === undefined) removeGroups(group);
  }
}

import { readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';

/** The cgroups of a name in all hierarchies, of version 1 or 2. */
export function groupsNamed(name: string | RegExp): string[] {
  const root = '/sys/fs/cgroup';
  const matches = (group: string) => {
    const own = group.split('/').at(-1) ?? '';
    return typeof name === 'string' ? own === name : name.test(own);
  };
  return [root, ...below(root)].flatMap(below).filter(matches);
}

/** Whether a process is in a cgroup, or in one inside of it. */
export function hasProcesses(group: string): boolean {
  try {
    if (readFileSync(join(group, 'cgroup.procs'), 'utf8').trim() !== '') return true;
  } catch {
    return false;
  }
  return below(group).some(hasProcesses);
}

/** Removes a cgroup and those in it, as far as no process is there. */
export function removeGroups(group: string): void {
  for (const inner of below(group)) removeGroups(inner);
  try {
    rmdirSync(group);
  } catch {
    // Somebody is still there.
  }
}

function below(directory: string): string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(directory, name));
  } catch {
    // It has gone meanwhile.
    return [];
  }
}

import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { Artifact } from '../artifact.ts';
import { entryLimit, type Inventory, takeInventory } from '../disk/inventory.ts';
import type { OutputPlace } from '../disk/output-place.ts';
import { errorCode } from '../disk/read-if-possible.ts';
import { isUpToDate, makePlan, type Plan } from './plan.ts';

/** The content of the output directory, and the changes that writing would make. */
export interface Examination {
  readonly inventory: Inventory;
  /** Undefined if writing is not possible; `problems` explain why. */
  readonly plan: Plan | undefined;
  readonly problems: readonly Diagnostic[];
}

/** Reads the output directory and finds everything that prevents writing the artifacts. Changes nothing. */
export function examineOutput(place: OutputPlace, artifacts: readonly Artifact[]): Examination {
  const inventory = takeInventory(place.directory);
  const holds = heldThatCannotMove(inventory);
  if (holds !== undefined) {
    const problem = report('write/output-not-its-own', [], { out: place.shown, holds });
    return { inventory, plan: undefined, problems: [problem] };
  }
  const plan = makePlan(place.directory, inventory, artifacts);
  // A tree that needs no changes may be read-only.
  if (isUpToDate(plan)) return { inventory, plan, problems: [] };

  const problems = [
    ...plan.obstacles.map((path) => report('write/foreign-file', [], { path: join(place.shown, path) })),
    ...findInaccessible(place, inventory),
  ];
  return { inventory, plan: problems.length === 0 ? plan : undefined, problems };
}

/** The first entry, in words, that prevents replacing the directory, because it must not be moved. */
function heldThatCannotMove({ entries, complete }: Inventory): string | undefined {
  if (!complete) return `more than ${entryLimit} files and directories`;
  for (const { path, kind } of entries.values()) {
    if (path === '.git' || path.endsWith('/.git')) return `a git repository ("${path}")`;
    if (kind === 'mount') return `a mount point ("${path}")`;
  }
  return undefined;
}

/** Finds directories that are not readable, to stage their entries, or not writable, to be removed after the swap. */
function findInaccessible({ directory, shown }: OutputPlace, { entries }: Inventory): Diagnostic[] {
  return [...entries.values()].flatMap(({ path, kind }) => {
    if (kind !== 'directory' && kind !== 'unreadable') return [];
    const reason = kind === 'unreadable' ? 'unreadable' : whyInaccessible(join(directory, path));
    return reason === undefined
      ? []
      : [report('write/not-writable', [], { path: join(shown, path), reason })];
  });
}

function whyInaccessible(path: string): string | undefined {
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    return code;
  }
}

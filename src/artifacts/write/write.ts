import { mkdirSync, rmSync } from 'node:fs';
import type { Outcome } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { Artifact } from '../artifact.ts';
import { findOutputPlace, type OutputPlace, type PlaceOptions, showBeside } from '../disk/output-place.ts';
import { assertSafePaths } from '../disk/safe-path.ts';
import { claimOutput, hasClaims } from './claim.ts';
import { examineOutput } from './examine-output.ts';
import { isUpToDate, type Plan } from './plan.ts';
import { stageTree } from './stage.ts';
import { findLeftover, recover, removePrevious, swapTrees } from './swap.ts';
import { explainWriteFailure } from './write-failure.ts';

/** The result of writing. Paths are below the output directory, sorted. */
export interface WriteSummary {
  /** Artifacts that did not exist before. */
  readonly created: readonly string[];
  /** Artifacts that existed with other bytes. */
  readonly changed: readonly string[];
  /** Artifacts that existed with the same bytes; they were not touched. */
  readonly unchanged: readonly string[];
  /** Earlier artifacts that are no longer emitted and were removed. */
  readonly removed: readonly string[];
  /** True if an earlier run had been killed between its two renames, and the directory was restored first. */
  readonly recovered: boolean;
}

/**
 * Writes these artifacts to `outDir`, all or none, even if the process is killed (`swapTrees` describes the one moment
 * after which the next run must restore the directory). Files that already have the right bytes are not touched; if all
 * have, nothing is. Earlier files of ours that are no longer emitted are removed, as are directories that become empty.
 * Files that are not ours stay; if one is in the way, nothing is written.
 *
 * Every problem on disk is a diagnostic and means that nothing has changed. Throws for an unsafe artifact path.
 */
export async function writeArtifacts(
  outDir: string,
  artifacts: readonly Artifact[],
  options: PlaceOptions = {},
): Promise<Outcome<WriteSummary>> {
  assertSafePaths(artifacts.map(({ path }) => path));
  const [place, problems] = findOutputPlace(outDir, options);
  if (place === undefined) return [undefined, problems];
  try {
    return await writeTo(place, artifacts);
  } catch (error) {
    const problem = explainWriteFailure(error, place);
    if (problem === undefined) throw error;
    return [undefined, [problem]];
  }
}

async function writeTo(place: OutputPlace, artifacts: readonly Artifact[]): Promise<Outcome<WriteSummary>> {
  // Before claiming, so that an up-to-date tree needs no write permission.
  if (findLeftover(place) === 'none' && !hasClaims(place)) {
    const { plan, problems } = examineOutput(place, artifacts);
    if (plan === undefined) return [undefined, problems];
    if (isUpToDate(plan)) return [summarize(plan, false), []];
  }
  mkdirSync(place.parent, { recursive: true });
  const claim = await claimOutput(place);
  if ('owner' in claim) {
    const params = { out: place.shown, owner: claim.owner, claim: showBeside(place, claim.file) };
    return [undefined, [report('write/busy', [], params)]];
  }
  try {
    return await replaceTree(place, artifacts);
  } finally {
    claim.release();
  }
}

/** Writes the tree. Only the holder of the claim may call it. */
async function replaceTree(
  place: OutputPlace,
  artifacts: readonly Artifact[],
): Promise<Outcome<WriteSummary>> {
  const leftover = recover(place);
  if (leftover === 'contested') {
    const [previous, staged] = [showBeside(place, place.previous), showBeside(place, place.staged)];
    return [undefined, [report('write/interrupted', [], { out: place.shown, previous, staged })]];
  }
  const { plan, inventory, problems } = examineOutput(place, artifacts);
  if (plan === undefined) return [undefined, problems];
  const summary = summarize(plan, leftover === 'half-swapped');
  if (isUpToDate(plan)) return [summary, []];

  const exists = inventory.entries.size > 0;
  try {
    await stageTree(place, inventory, plan);
    await swapTrees(place, exists);
  } catch (error) {
    rmSync(place.staged, { recursive: true, force: true });
    throw error;
  }
  if (exists) removePrevious(place, inventory, new Set(artifacts.map(({ path }) => path)));
  return [summary, []];
}

function summarize({ files, orphans }: Plan, recovered: boolean): WriteSummary {
  const inState = (wanted: string): string[] =>
    files.filter(({ state }) => state === wanted).map(({ path }) => path);
  return {
    created: inState('created'),
    changed: inState('changed'),
    unchanged: inState('unchanged'),
    removed: orphans,
    recovered,
  };
}

import type { Colors } from 'picocolors/types.js';
import type { Artifact } from '../../artifacts/artifact.ts';
import type { WriteSummary } from '../../artifacts/write/write.ts';
import type { Budget, Compilation } from '../../compile-result.ts';
import type { Silenced } from '../../config/diagnostics/adjust.ts';
import { escapeUnprintable } from '../../diagnostics/escape.ts';
import { byteCount, fileCount } from './counts.ts';
import { printRollout } from './print-rollout.ts';

export interface SummaryOptions {
  readonly colors: Colors;
  /** The output directory, as shown to users. */
  readonly out: string;
}

/** The size of user-data is yellow from this share of its limit. */
const nearLimit = 0.75;

/** Prints the result of a successful compile for people: each artifact with its size, and on the last line the changes. */
export function printSummary(
  {
    artifacts,
    budgets,
    written,
    silenced,
    rollout,
  }: Pick<Compilation, 'artifacts' | 'budgets' | 'written' | 'silenced' | 'rollout'>,
  { colors, out }: SummaryOptions,
): string {
  const rows = artifacts.toSorted((a, b) => (a.path < b.path ? -1 : 1)).map(sizedPath);
  const pathWidth = Math.max(0, ...rows.map(({ path }) => path.length));
  const sizeWidth = Math.max(0, ...rows.map(({ size }) => size.length));
  const lines = rows.map(({ path, size }) => {
    const budget = budgets.find(({ artifact }) => artifact === path);
    const share = budget ? `   ${shareOf(budget, colors)}` : '';
    return `  ${path.padEnd(pathWidth)}   ${size.padStart(sizeWidth)} bytes${share}`;
  });
  const removed =
    written?.removed.map((path) => `  ${colors.dim(`removed ${escapeUnprintable(path)}`)}`) ?? [];
  const recovered = written?.recovered
    ? [`An earlier run was killed while it replaced ${out}, so the directory was restored first.`, '']
    : [];
  const total = `${colors.green('✓')} ${out}: ${fileCount(artifacts.length)}${written ? `, ${changesOf(written)}` : ''}`;
  const notes = silenced.map((each) => colors.dim(silence(each)));
  const steps = printRollout(rollout, colors);
  return `${[...recovered, ...lines, ...removed, '', ...notes, ...steps, total].join('\n')}\n`;
}

/** Mentions a diagnostic that is turned off, so that it is not forgotten. */
function silence({ code, count, reason }: Silenced): string {
  const times = count === 1 ? '' : ` (${count} times)`;
  return `${code}${times} is off: ${escapeUnprintable(reason)}`;
}

function sizedPath({ path, text }: Artifact): { path: string; size: string } {
  return { path, size: byteCount(Buffer.byteLength(text)) };
}

function shareOf({ used, limit, provider }: Budget, colors: Colors): string {
  // Rounded up, so that a size over the limit never shows as 100%.
  const share = `${Math.ceil((used / limit) * 100)}% of ${byteCount(limit)} (${provider})`;
  return used / limit >= nearLimit ? colors.yellow(share) : colors.dim(share);
}

function changesOf({ created, changed, unchanged, removed }: WriteSummary): string {
  const counts = { new: created, changed, unchanged, removed };
  const parts = Object.entries(counts).filter(([, paths]) => paths.length > 0);
  if (created.length + changed.length + removed.length === 0) return 'nothing changed';
  return parts.map(([what, paths]) => `${paths.length} ${what}`).join(', ');
}

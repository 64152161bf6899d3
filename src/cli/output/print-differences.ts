import { join } from 'node:path';
import type { Colors } from 'picocolors/types.js';
import type { Difference } from '../../artifacts/difference.ts';
import { escapeUnprintable } from '../../diagnostics/escape.ts';
import { fileCount } from './counts.ts';

export interface DifferencesOptions {
  readonly colors: Colors;
  /** The output directory, as shown to users. */
  readonly out: string;
}

/** The number of lines that are shown per file; `--json` has them all. */
const lineLimit = 100;

/** The number of characters that are shown per line. */
const widthLimit = 160;

/** Prints the differences on disk for people: each file with its lines, and at the end what to do. */
export function printDifferences(differences: readonly Difference[], options: DifferencesOptions): string {
  const { out } = options;
  const verb = differences.length === 1 ? 'is' : 'are';
  const last = `${fileCount(differences.length)} in ${out} ${verb} out of date: run fjord synth`;
  return `${[...differences.map((difference) => printOne(difference, options)), last].join('\n\n')}\n`;
}

function printOne(difference: Difference, { colors, out }: DifferencesOptions): string {
  const { path, kind, diff, line, note } = difference;
  const place = escapeUnprintable(join(out, path)) + (line && kind === 'changed' ? `:${line}` : '');
  const what = {
    missing: 'is missing',
    changed: 'differs (- on disk, + compiled)',
    orphaned: 'is no longer emitted',
  };
  const head = `${colors.bold(place)} ${what[kind]}${note ? `: ${note}` : ''}`;
  const lines = diff === '' ? [] : diff.replace(/\n$/, '').split('\n');
  const shown = lines.slice(0, lineLimit).map((text) => paint(text, colors));
  const rest = lines.length - shown.length;
  if (rest > 0) shown.push(colors.dim(`… ${rest} more lines; --json shows them all`));
  return [head, ...shown].join('\n');
}

function paint(line: string, colors: Colors): string {
  // A file on disk may contain anything. Tabs are kept.
  const safe = line.split('\t').map(escapeUnprintable).join('\t');
  const shown = cut(safe);
  if (line.startsWith('+')) return colors.green(shown);
  if (line.startsWith('-')) return colors.red(shown);
  return line.startsWith('@@') ? colors.cyan(shown) : shown;
}

/** Cuts long lines: the base64 in cloud-init is one line of many thousand characters. */
function cut(line: string): string {
  const characters = [...line];
  if (characters.length <= widthLimit) return line;
  return `${characters.slice(0, widthLimit).join('')}… (${characters.length.toLocaleString('en')} characters)`;
}

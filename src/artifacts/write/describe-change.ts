import { isUtf8 } from 'node:buffer';
import { formatPatch, OMIT_HEADERS, structuredPatch } from 'diff';
import type { Difference } from '../difference.ts';

type Change = Pick<Difference, 'diff' | 'line' | 'note'>;

/** With more changed lines than this, two texts have little in common, and comparing them is slow. */
const editLimit = 2000;

/** Describes how a file on disk differs from the compiled text. The two must not be equal. */
export function describeChange(onDisk: Buffer, compiled: string): Change {
  if (onDisk.includes(0)) return { diff: '', note: 'binary on disk' };
  const notes: string[] = [];
  if (!isUtf8(onDisk)) notes.push('not UTF-8 on disk');
  let text = onDisk.toString('utf8');
  if (text.includes('\r\n') && !compiled.includes('\r\n')) {
    notes.push('lines end with CRLF on disk');
    // Every line would differ. With the same line ends, the other differences are visible.
    text = text.replaceAll('\r\n', '\n');
  }
  const change = text === compiled ? { diff: '' } : compareLines(text, compiled);
  return { ...change, ...(notes.length > 0 && { note: notes.join(', ') }) };
}

function compareLines(onDisk: string, compiled: string): Change {
  const patch = structuredPatch('', '', onDisk, compiled, '', '', { context: 3, maxEditLength: editLimit });
  const line = firstDifferentLine(onDisk, compiled);
  if (patch === undefined) return { diff: '', line, note: `differs in more than ${editLimit} lines` };
  return { diff: formatPatch(patch, OMIT_HEADERS), line };
}

/** The first line that differs, from 1. The two must not be equal. */
function firstDifferentLine(onDisk: string, compiled: string): number {
  const [before, after] = [onDisk.split('\n'), compiled.split('\n')];
  const index = after.findIndex((line, at) => line !== before[at]);
  // -1 if the file on disk only has more lines at its end.
  return index === -1 ? after.length : index + 1;
}

import type { SourceLocation } from '../diagnostic.ts';
import { escapeUnprintable } from '../escape.ts';

/** A source line ready to be shown, and the position of its underline in terminal columns. */
export interface Excerpt {
  readonly text: string;
  readonly indent: number;
  readonly length: number;
}

interface Cell {
  readonly text: string;
  readonly width: number;
  readonly marked: boolean;
}

/** Most columns for a source line. Longer lines are cut around the place, with `…` for the missing parts. */
const room = 100;

/** Turns tabs into four spaces and hidden characters into escapes, so that the caret is below the right column. */
export function excerpt(location: SourceLocation): Excerpt {
  const cells = toCells(location);
  const start = cells.findIndex((cell) => cell.marked);
  const [from, to] = window(cells, start === -1 ? cells.length : start);
  const shown = cells.slice(from, to);
  const left = from > 0 ? '…' : '';
  const right = to < cells.length ? '…' : '';
  const marked = shown.filter((cell) => cell.marked);
  const before = start === -1 ? shown : shown.slice(0, start - from);
  return {
    text: left + shown.map((cell) => cell.text).join('') + right,
    indent: left.length + width(before),
    length: Math.max(1, width(marked)),
  };
}

function toCells(location: SourceLocation): Cell[] {
  const start = location.column - 1;
  const end = start + location.length;
  const cells: Cell[] = [];
  let index = 0;
  for (const character of location.text) {
    const text = character === '\t' ? '    ' : escapeUnprintable(character);
    const plain = text === character;
    cells.push({
      text,
      width: plain ? displayWidth(character) : text.length,
      marked: index >= start && index < end,
    });
    index += character.length;
  }
  return cells;
}

/** The part of the cells to show: all if they fit, else as many as fit, from a little before the marked one. */
function window(cells: readonly Cell[], start: number): [from: number, to: number] {
  if (width(cells) <= room) return [0, cells.length];
  let from = start;
  for (let left = room / 3; from > 0 && left > 0; from--) left -= cells[from - 1]?.width ?? 0;
  let to = from;
  for (let left = room; to < cells.length && left > 0; to++) left -= cells[to]?.width ?? 0;
  return [from, to];
}

function width(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}

// East Asian wide and fullwidth blocks, and emoji that are drawn as pictures by default: two columns each.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

// Marks that are drawn over the character before them.
const combining = /[\p{Mn}\p{Me}]/u;

/** The number of terminal columns of a printable character: 0, 1 or 2. */
function displayWidth(character: string): number {
  if (combining.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

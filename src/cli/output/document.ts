import type { Colors } from 'picocolors/types.js';
import { escapeUnprintable } from '../../diagnostics/escape.ts';

/** Rows below their heads. */
export interface Table {
  /** A head that begins with `>` is of a column of numbers, which is flush right. */
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A part of a report: a title, then a table or paragraphs, or both. */
export interface Section {
  readonly title: string;
  readonly table?: Table;
  readonly lines?: readonly string[];
  /** Named values: paragraphs in a terminal, a table in Markdown. */
  readonly facts?: readonly { readonly name: string; readonly value: string; readonly from: string }[];
}

/** A report that is the same for a terminal and as Markdown. */
export interface ReportDocument {
  readonly title: string;
  readonly sections: readonly Section[];
}

/** The width that tables and paragraphs keep to. */
const width = 80;

/** Characters that the first column of a table always has. */
const narrowest = 12;

/** Prints a report for a terminal. */
export function printDocument({ title, sections }: ReportDocument, colors: Colors): string {
  const parts = sections.map(({ title: head, table, lines = [], facts = [] }) =>
    [
      colors.bold(escapeUnprintable(head)),
      ...(table === undefined ? [] : textTable(table).map((line) => `  ${line}`)),
      ...[...facts.map(({ name, value, from }) => `${name}: ${value} (${from}).`), ...lines].flatMap((line) =>
        wrapped(escapeUnprintable(line), width - 2).map((part) => `  ${part}`),
      ),
    ].join('\n'),
  );
  return `${[colors.bold(escapeUnprintable(title)), ...parts].join('\n\n')}\n`;
}

/** Prints a report as Markdown. */
export function markdownDocument({ title, sections }: ReportDocument): string {
  const parts = sections.map(({ title: head, table, lines = [], facts = [] }) =>
    [
      `## ${inMarkdown(head)}`,
      ...(table === undefined ? [] : [markdownTable(table)]),
      ...(facts.length === 0 ? [] : [markdownTable(factTable(facts))]),
      ...(lines.length === 0 ? [] : [lines.map((line) => `- ${inMarkdown(line)}`).join('\n')]),
    ].join('\n\n'),
  );
  return `${[`# ${inMarkdown(title)}`, ...parts].join('\n\n')}\n`;
}

/** A table that is too wide gets a narrower first column: names are cut. */
function textTable({ heads, rows }: Table): string[] {
  const names = heads.map((head) => head.replace(/^>/, ''));
  const cells = [names, ...rows].map((row) => row.map(escapeUnprintable));
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const [first = 0, ...others] = widths;
  const left = width - 2 - others.reduce((total, wide) => total + wide + 2, 0);
  const firstWidth = Math.min(first, Math.max(narrowest, left));
  return cells.map((row) =>
    row
      .map((cell, column) => {
        const wide = column === 0 ? firstWidth : (widths[column] ?? 0);
        const cut = cell.length > wide ? `${cell.slice(0, wide - 1)}…` : cell;
        return heads[column]?.startsWith('>') ? cut.padStart(wide) : cut.padEnd(wide);
      })
      .join('  ')
      .trimEnd(),
  );
}

function markdownTable({ heads, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(heads.map((head) => inMarkdown(head.replace(/^>/, '')))),
    line(heads.map((head) => (head.startsWith('>') ? '---:' : '---'))),
    ...rows.map((row) => line(row.map(inMarkdown))),
  ].join('\n');
}

function factTable(facts: NonNullable<Section['facts']>): Table {
  return { heads: ['', '', 'from'], rows: facts.map(({ name, value, from }) => [name, value, from]) };
}

function inMarkdown(text: string): string {
  return escapeUnprintable(text).replace(/[|*_<>`[\]\\]/g, (mark) => `\\${mark}`);
}

/** Breaks a paragraph at blanks. A word that is longer than the width has a line of its own. */
function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

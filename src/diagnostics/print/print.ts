import { relative, sep } from 'node:path';
import type { Colors } from 'picocolors/types.js';
import { formatPath } from '../config-path.ts';
import type { Severity } from '../definition.ts';
import type { ArtifactLocation, Diagnostic, SourceLocation } from '../diagnostic.ts';
import { escapeUnprintable } from '../escape.ts';
import { excerpt } from './excerpt.ts';

export interface PrintOptions {
  /** From `picocolors`: `createColors(true)` or `createColors(false)`. */
  readonly colors: Colors;
  /** The absolute folder that file names are printed relative to. */
  readonly cwd: string;
}

/**
 * Prints diagnostics for people, in the given order: the fact, the place with its source line, and the fix, then a line
 * with the counts. The only escape sequences in it are colours. Ends in a newline; empty if there are no diagnostics.
 */
export function print(diagnostics: readonly Diagnostic[], options: PrintOptions): string {
  if (diagnostics.length === 0) return '';
  const blocks = diagnostics.map((diagnostic) => printDiagnostic(diagnostic, options));
  return `${[...blocks, count(diagnostics)].join('\n\n')}\n`;
}

/** `2 errors, 1 warning`. */
export function count(diagnostics: readonly Diagnostic[]): string {
  const parts: string[] = [];
  for (const severity of ['error', 'warning', 'info'] as const) {
    const number = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    if (number > 0) parts.push(`${number} ${severity}${number > 1 && severity !== 'info' ? 's' : ''}`);
  }
  return parts.join(', ');
}

/** Prints a place and its source line, as in a diagnostic. */
export function printPlace(location: SourceLocation, { colors, cwd }: PrintOptions): string {
  const gutter = ' '.repeat(String(location.line).length);
  return [
    `${gutter}${colors.blue('-->')} ${place(location, cwd)}`,
    ...source(location, colors, colors.cyan),
  ].join('\n');
}

/** Prints one diagnostic, without a newline at the end. */
export function printDiagnostic(diagnostic: Diagnostic, { colors, cwd }: PrintOptions): string {
  const { location, artifact } = diagnostic;
  const gutter = ' '.repeat(String(location?.line ?? artifact?.line ?? ' ').length);
  const bar = colors.blue('|');
  const lines = [headline(diagnostic, colors)];
  if (location) lines.push(`${gutter}${colors.blue('-->')} ${place(location, cwd)}`);
  if (artifact) lines.push(`${gutter}${colors.blue(':::')} ${artifactPlace(artifact)}`);
  if (location) lines.push(...source(location, colors, paint(diagnostic.severity, colors)));
  if (!location && artifact?.text !== undefined) {
    const text = clip(artifact.text);
    lines.push(`${gutter} ${bar}`, `${colors.blue(String(artifact.line))} ${bar} ${text}`.trimEnd());
  }
  const [first = '', ...rest] = diagnostic.hint.split('\n').map(escapeUnprintable);
  lines.push(`${gutter} ${colors.blue('=')} ${first}`, ...rest.map((line) => `${gutter}   ${line}`));
  return lines.join('\n');
}

function source(location: SourceLocation, colors: Colors, mark: (text: string) => string): string[] {
  const { text, indent, length } = excerpt(location);
  const gutter = ' '.repeat(String(location.line).length);
  const bar = colors.blue('|');
  return [
    `${gutter} ${bar}`,
    `${colors.blue(String(location.line))} ${bar} ${text}`.trimEnd(),
    `${gutter} ${bar} ${' '.repeat(indent)}${mark('^'.repeat(length))}`,
  ];
}

/** Cuts a line of an artifact at its end: no column is known, so the beginning says most. */
function clip(text: string): string {
  const { text: shown } = excerpt({ file: '', line: 1, column: 1, length: 1, text, exact: true });
  return shown;
}

function headline({ code, severity, path, message }: Diagnostic, colors: Colors): string {
  const label = paint(severity, colors)(`${severity}[${code}]`);
  const subject = path.length > 0 ? `${formatPath(path)}: ` : '';
  return `${label} ${colors.bold(escapeUnprintable(subject + message))}`;
}

function paint(severity: Severity, colors: Colors): (text: string) => string {
  const colour = { error: colors.red, warning: colors.yellow, info: colors.cyan }[severity];
  return (text) => colors.bold(colour(text));
}

function place(location: SourceLocation, cwd: string): string {
  const { file, line, column } = location;
  return `${escapeUnprintable(shortFile(file, cwd))}:${line}:${column}${nearness(location)}`;
}

/** A note if the caret only points near the value. */
function nearness({ exact, absent }: SourceLocation): string {
  if (exact) return '';
  return absent ? ' (where it would be written)' : ' (the nearest place; the value comes from elsewhere)';
}

function shortFile(file: string, cwd: string): string {
  const short = relative(cwd, file);
  return short === '' || short.startsWith(`..${sep}..${sep}`) ? file : short;
}

function artifactPlace({ path, line }: ArtifactLocation): string {
  return escapeUnprintable(line === undefined ? path : `${path}:${line}`);
}

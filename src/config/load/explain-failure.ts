import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Diagnostic, SourceLocation } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { findSyntaxError } from '../locate/parse-source.ts';
import { lineLocation, rangeLocation } from '../locate/source-lines.ts';
import { describeThrown, userFrame } from './thrown.ts';

/** Why a config could not be evaluated, with the place in it or in a file that it imports. */
export function explainFailure(error: unknown, file: string, source: string): Diagnostic {
  const textOf = (wanted: string): string => (wanted === file ? source : readText(wanted));
  if (!isReadable(error)) return explainThrow(undefined, file, textOf);
  return (
    explainSyntax(error, file, textOf) ??
    explainImport(error, file, textOf) ??
    explainThrow(error, file, textOf)
  );
}

/** Whether looking at what was thrown is safe: its properties can be getters that throw, too. */
function isReadable(error: unknown): boolean {
  try {
    return (
      !(error instanceof Error) ||
      [error.message, error.stack, error.name].every((part) => typeof part === 'string')
    );
  } catch {
    return false;
  }
}

type TextOf = (file: string) => string;

function explainSyntax(error: unknown, root: string, textOf: TextOf): Diagnostic | undefined {
  if (!(error instanceof Error)) return undefined;
  // The transpiler names file, line and column below the problem; Node names file and line before it.
  const transpiler = /^[\w]*: ([\s\S]*?)\s*\n (.+):(\d+):(\d+)\s*$/.exec(error.message);
  if (!transpiler && !(error instanceof SyntaxError)) return undefined;
  const frame = transpiler ? { file: transpiler[2] ?? root, line: Number(transpiler[3]) } : userFrame(error);
  const file = frame?.file ?? root;
  const text = textOf(file);
  const found = findSyntaxError(file, text);
  if (found) {
    const location = rangeLocation(file, text, found.offset, found.offset + 1, true);
    return { ...report('load/syntax-error', [], { problem: found.problem }), location };
  }
  // A SyntaxError of code that parses was thrown by it (JSON.parse), unless Node refused to compile it.
  if (!transpiler && frame && !error.stack?.startsWith(frame.file)) return undefined;
  const problem = transpiler?.[1] ?? error.message;
  const location = lineLocation(file, text, frame?.line || 1, frame !== undefined);
  return { ...report('load/syntax-error', [], { problem }), location };
}

function explainImport(error: unknown, root: string, textOf: TextOf): Diagnostic | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (
    !['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED'].includes(
      String(error.code),
    )
  ) {
    return undefined;
  }
  const [, specifier] = /Cannot find (?:module|package) '([^']+)'/.exec(error.message) ?? [];
  if (specifier === undefined) return undefined;
  const location = importLocation(importerOf(error) ?? root, specifier, textOf);
  return {
    ...report('load/import-not-found', [], { specifier }),
    location: location ?? lineLocation(root, textOf(root), 1, false),
  };
}

/** The file that asked for the module that is not there. */
function importerOf(error: Error): string | undefined {
  if ('requireStack' in error && Array.isArray(error.requireStack)) {
    const [importer] = error.requireStack;
    if (typeof importer === 'string') return importer;
  }
  return / imported from (\/.*)$/m.exec(error.message)?.[1];
}

function importLocation(file: string, specifier: string, textOf: TextOf): SourceLocation | undefined {
  const text = textOf(file);
  for (const mark of [`'${specifier}'`, `"${specifier}"`, `\`${specifier}\``]) {
    const start = text.indexOf(mark);
    if (start !== -1) return rangeLocation(file, text, start, start + mark.length, true);
  }
  return undefined;
}

function explainThrow(error: unknown, root: string, textOf: TextOf): Diagnostic {
  const frame = userFrame(error);
  const location = frame
    ? lineLocation(frame.file, textOf(frame.file), frame.line, true)
    : lineLocation(root, textOf(root), 1, false);
  return { ...report('load/throws', [], { problem: describeThrown(error) }), location };
}

/** A file that was evaluated a moment ago; empty if it is gone. */
function readText(file: string): string {
  try {
    return readFileSync(file.startsWith('file:') ? fileURLToPath(file) : file, 'utf8');
  } catch {
    return '';
  }
}

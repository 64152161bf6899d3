import type { SourceLocation } from '../../diagnostics/diagnostic.ts';

/** The lines of a source text, split where JavaScript ends a line. */
export function sourceLines(text: string): string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/);
}

/** What comes before a private key, the value of a key that sounds like a secret, and the secret part of a host's address. */
const heads = [
  /(\b\w*(?:password|passwd|pwd|token|(?:api|access|secret|private)[_-]?key)['"]?\s*:\s*['"`])([^'"`]*)/gi,
  /(AGE-SECRET-KEY-|-----BEGIN [A-Z ]*PRIVATE KEY-----)([^'"`]*)/gi,
  /(\bhost['"]?\s*:\s*['"`]\w+:\/\/[^/'"`]*\/)([^'"`]*)/g,
];

/** As many characters, with stars for what of a secret is on the line: it is in no message. */
function withoutKeys(line: string): string {
  return heads.reduce(
    (text, head) => text.replace(head, (_, start: string, rest: string) => start + '*'.repeat(rest.length)),
    line,
  );
}

/** A whole line as a place, without the blanks at its start and end. */
export function lineLocation(file: string, text: string, line: number, exact: boolean): SourceLocation {
  const lineText = sourceLines(text)[line - 1] ?? '';
  const trimmed = lineText.trim();
  return {
    file,
    line,
    column: trimmed === '' ? 1 : lineText.indexOf(trimmed) + 1,
    length: Math.max(1, trimmed.length),
    text: withoutKeys(lineText),
    exact,
  };
}

/** The place of the characters from `start` to `end` (offsets in `text`), as far as they lie on the first's line. */
export function rangeLocation(
  file: string,
  text: string,
  start: number,
  end: number,
  exact: boolean,
): SourceLocation {
  const before = sourceLines(text.slice(0, start));
  const lines = sourceLines(text);
  const column = before.at(-1)?.length ?? 0;
  const lineText = lines[before.length - 1] ?? '';
  const rest = lineText.slice(column, column + Math.max(1, end - start)).trimEnd();
  return {
    file,
    line: before.length,
    column: column + 1,
    length: Math.max(1, rest.length),
    text: withoutKeys(lineText),
    exact,
  };
}

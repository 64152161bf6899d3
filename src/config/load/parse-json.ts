import type { Diagnostic, Outcome, SourceLocation } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { lineLocation, rangeLocation } from '../locate/source-lines.ts';

/** The value of a JSON config, which must be an object. A `$schema` on top is for editors and left out. */
export function parseJson(file: string, source: string): Outcome<unknown> {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [undefined, [explain(file, source, error.message)]];
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    if (Object.hasOwn(value, '$schema')) Reflect.deleteProperty(value, '$schema');
    return [value, []];
  }
  const location = lineLocation(file, source, 1, true);
  return [undefined, [{ ...report('load/not-an-object', [], { value }), location }]];
}

function explain(file: string, source: string, message: string): Diagnostic {
  // V8 adds the position and the text around it to its message; the position becomes the location.
  const problem = message.replace(/( in JSON)? at position \d+.*$|, ".*" is not valid JSON$/s, '');
  return { ...report('load/syntax-error', [], { problem }), location: locate(file, source, message) };
}

function locate(file: string, source: string, message: string): SourceLocation {
  const end = source.trimEnd().length;
  const position = message.includes('end of JSON input') ? end : positionOf(source, message);
  if (position === undefined) return lineLocation(file, source, 1, false);
  return rangeLocation(file, source, position, position + 1, true);
}

/** V8 leaves the position out when it names an unexpected character: the first one that what is before it allows. */
function positionOf(source: string, message: string): number | undefined {
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  if (position !== undefined) return Number(position);
  const [, token] = /^Unexpected token '(.)'/su.exec(message) ?? [];
  if (token === undefined) return undefined;
  for (let at = source.indexOf(token); at !== -1; at = source.indexOf(token, at + 1)) {
    if (isUnfinished(source.slice(0, at))) return at;
  }
  return undefined;
}

function isUnfinished(start: string): boolean {
  try {
    JSON.parse(start);
    return true;
  } catch (error) {
    if (!(error instanceof SyntaxError) || error.message.startsWith('Unterminated')) return false;
    const [, position] = /at position (\d+)/.exec(error.message) ?? [];
    return error.message.includes('end of JSON input') || position === String(start.length);
  }
}

import type { Node, ObjectExpression } from '@babel/types';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { parseJsonExpression, parseStatements } from '../locate/parse-source.ts';
import { rangeLocation } from '../locate/source-lines.ts';
import { keyName } from '../locate/syntax.ts';

/**
 * Reports keys that are set twice in one object of a config file. JavaScript and JSON silently take the last, so the
 * first value is lost. A key that overrides one of a spread is not a repeat.
 */
export function findDuplicateKeys(file: string, source: string): Diagnostic[] {
  if (!mayRepeat(source)) return [];
  const roots: readonly (Node | undefined)[] = file.endsWith('.json')
    ? [parseJsonExpression(source)]
    : parseStatements(file, source);
  return objectsIn(roots.filter((node) => node !== undefined)).flatMap((object) =>
    repeatsIn(object).map(({ name, start, end }) => ({
      ...report('load/duplicate-key', [], { key: name }),
      location: rangeLocation(file, source, start, end, true),
    })),
  );
}

/** Comments, strings, brackets, and names before a colon or a bracket: as much of the language as this needs. */
const token =
  /\/\/.*|\/\*[\s\S]*?\*\/|(?:(['"])((?:\\.|(?!\1)[^\\\n])*)\1|`(?:\\.|[^\\`])*`|([\w$]+))(?=(\s*[:(])?)|[{}]/g;

/** A quick test for a name that is twice within one pair of braces, so that most configs do not load the parser. */
function mayRepeat(source: string): boolean {
  const open: Set<string>[] = [new Set()];
  for (const [text, , quoted, word, isKey] of source.matchAll(token)) {
    const name = quoted ?? word;
    const own = open.at(-1);
    if (text === '{') open.push(new Set());
    else if (text === '}') open.pop();
    else if (isKey !== undefined && name !== undefined && own !== undefined) {
      if (own.has(name)) return true;
      own.add(name);
    }
  }
  return false;
}

/** In the order of the file; without recursion, because a config may be nested deeper than a stack. */
function objectsIn(roots: readonly Node[]): ObjectExpression[] {
  const found: ObjectExpression[] = [];
  const waiting: unknown[] = [...roots].reverse();
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== 'object' || node === null) continue;
    if (isObject(node)) found.push(node);
    const inside = Array.isArray(node) ? node : Object.values(node);
    for (const part of inside.toReversed()) if (typeof part === 'object') waiting.push(part);
  }
  return found;
}

function isObject(node: object): node is ObjectExpression {
  return 'type' in node && node.type === 'ObjectExpression';
}

function repeatsIn({ properties }: ObjectExpression) {
  const seen = new Set<string>();
  return properties.flatMap((property) => {
    if (property.type !== 'ObjectProperty' && property.type !== 'ObjectMethod') return [];
    const accessor = property.type === 'ObjectMethod' && property.kind !== 'method' ? property.kind : '';
    const name = keyName(property);
    if (name === undefined) return [];
    const key = `${accessor} ${name}`;
    const { start, end } = property.key;
    if (seen.has(key)) return [{ name, start: start ?? 0, end: end ?? 0 }];
    seen.add(key);
    return [];
  });
}

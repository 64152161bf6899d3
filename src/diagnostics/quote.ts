import { escapeUnprintable } from './escape.ts';

/**
 * Quotes any value for a message: like JSON, but with single quotes and bare keys, on one line, with hidden characters
 * escaped. It also takes values that JSON does not have.
 *
 * @param limit the approximate length at which `…` cuts it off, not counting quotes and escapes
 */
export function quote(value: unknown, limit = 60): string {
  if (typeof value === 'string') return quoteString(value, limit);
  return quoteWithin(value, { left: limit }, 0);
}

/** A record's key as written in a config: without quotes if possible. */
export function quoteKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}

interface Budget {
  left: number;
}

function quoteWithin(value: unknown, budget: Budget, depth: number): string {
  if (budget.left <= 0) return '…';
  if (typeof value === 'object' && value !== null) {
    if (depth === 4) return Array.isArray(value) ? '[…]' : '{ … }';
    if (Array.isArray(value)) return bracket('[', items(value, budget, depth), ']');
    return bracket('{ ', entries(value, budget, depth), ' }');
  }
  const text = quoteScalar(value, Math.max(budget.left, 10));
  budget.left -= text.length;
  return text;
}

function quoteScalar(value: unknown, room: number): string {
  if (typeof value === 'string') return quoteString(value, room);
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return `${cut(String(value), room)}n`;
  if (Object.is(value, -0)) return '-0';
  return escapeUnprintable(String(value));
}

function quoteString(text: string, room: number): string {
  return `'${escapeUnprintable(cut(text, room).replace(/[\\']/g, '\\$&'))}'`;
}

function cut(text: string, room: number): string {
  // A character has at most two UTF-16 units, so this is enough; splitting all of a very long text would be slow.
  const characters = Array.from(text.slice(0, room * 2 + 2));
  return characters.length <= room ? text : `${characters.slice(0, room - 1).join('')}…`;
}

function bracket(open: string, parts: readonly string[], close: string): string {
  return parts.length === 0 ? (open + close).replaceAll(' ', '') : open + parts.join(', ') + close;
}

function items(values: readonly unknown[], budget: Budget, depth: number): string[] {
  const parts: string[] = [];
  for (const value of values) {
    parts.push(quoteWithin(value, budget, depth + 1));
    if (parts.at(-1) === '…') break;
    budget.left -= 2;
  }
  return parts;
}

function entries(value: object, budget: Budget, depth: number): string[] {
  const parts: string[] = [];
  for (const [key, entry] of Object.entries(value)) {
    if (budget.left <= 0) return [...parts, '…'];
    budget.left -= key.length + 4;
    parts.push(`${quoteKey(key)}: ${quoteWithin(entry, budget, depth + 1)}`);
  }
  return parts;
}

/** One change to one file. */
export interface Mutant {
  readonly path: string;
  readonly line: number;
  readonly how: 'drop' | 'drop field' | 'twice' | 'swap' | 'swap values' | 'flip' | 'number' | 'word';
  readonly text: string;
}

/**
 * Every change of a single line or field of a file: a line dropped, doubled or swapped with the next one; a field
 * dropped with all that is in it; its value swapped with its neighbour's; a word turned into its contrary; a number
 * or a word spoilt.
 */
export function mutantsOf(path: string, text: string): Mutant[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '' || /^\s*(#(?!!)|\/\/)/.test(line)) return [];
    const next = lines[index + 1];
    const mutant = (how: Mutant['how'], count: number, ...others: string[]): Mutant => ({
      path,
      line: index + 1,
      how,
      text: lines.toSpliced(index, count, ...others).join('\n'),
    });
    const instead = (how: Mutant['how'], other: string) => (other === line ? [] : [mutant(how, 1, other)]);
    const size = fieldSize(lines, index);
    const values = next === undefined ? undefined : swappedValues(line, next);
    return [
      mutant('drop', 1),
      ...(size > 1 ? [mutant('drop field', size)] : []),
      mutant('twice', 1, line, line),
      ...(next !== undefined && next.trim() !== '' && next !== line ? [mutant('swap', 2, next, line)] : []),
      ...(values === undefined ? [] : [mutant('swap values', 2, ...values)]),
      ...instead('flip', flipped(line)),
      ...instead(
        'number',
        line.replace(/\d+(?!.*\d)/, (digits) => String(Number(digits) + 1)),
      ),
      ...instead(
        'word',
        line.replace(/[a-z]{3,}(?!.*[a-z]{3,})/, (letters) => `${letters.slice(1)}x`),
      ),
    ];
  });
}

/** How many lines a field has: those that stand further in, and the one that closes it. */
function fieldSize(lines: readonly string[], index: number): number {
  const depth = depthOf(lines[index] ?? '');
  const inside = lines.slice(index + 1).findIndex((line) => line.trim() !== '' && depthOf(line) <= depth);
  if (inside <= 0) return 1;
  const closing = lines[index + 1 + inside] ?? '';
  const closes = depthOf(closing) === depth && /^\s*([}\])]|fi\b|done\b|esac\b)/.test(closing);
  return 1 + inside + (closes ? 1 : 0);
}

function depthOf(line: string): number {
  return line.search(/\S|$/);
}

/** `key: value`, `key value;`, `key = value`, `- value`. */
const field = /^(\s*(?:- )?(?:"?[\w./-]+"?(?:: | = | |=))?)(\S.*?)([;,]?)$/;

function swappedValues(one: string, other: string): [string, string] | undefined {
  const [, key = '', value, end = ''] = field.exec(one) ?? [];
  const [, otherKey = '', otherValue, otherEnd = ''] = field.exec(other) ?? [];
  if (value === undefined || otherValue === undefined || value === otherValue) return undefined;
  if (key.trim() === '' || otherKey.trim() === '' || depthOf(one) !== depthOf(other)) return undefined;
  return [key + otherValue + end, otherKey + value + otherEnd];
}

const contraries = [
  ['true', 'false'],
  ['on', 'off'],
  ['accept', 'drop'],
  ['allow', 'deny'],
  ['Ingress', 'Egress'],
  ['ingress', 'egress'],
  ['TCP', 'UDP'],
  ['tcp', 'udp'],
  ['limits', 'requests'],
] as const;

/** The line with the first word that has a contrary turned into it. */
function flipped(line: string): string {
  const turn = new Map(
    contraries.flatMap(([a, b]) => [
      [a, b],
      [b, a],
    ]),
  );
  return line.replace(
    /(?<![\w-])(true|false|on|off|accept|drop|allow|deny|[Ii]ngress|[Ee]gress|TCP|UDP|tcp|udp|limits|requests)(?![\w-])/,
    (word) => turn.get(word as 'on') ?? word,
  );
}

/** What one directive takes, read from the syntax lines of nginx's documentation. */
export interface Arguments {
  readonly min: number;
  /** `null`: as many as one likes. */
  readonly max: number | null;
  /**
   * What each argument may be, by position, as far as it can be told: literals and the kinds `<time>`, `<size>` and
   * `<number>`, separated by `|`, or `*`. A `…` at the end of the last one: it holds for all that follow.
   */
  readonly values: readonly string[];
}

interface Item {
  /** Alternatives in brackets, or one word. */
  readonly words: readonly (readonly Item[])[] | string;
  readonly optional: boolean;
  readonly repeated: boolean;
}

type Alternatives = readonly (readonly Item[])[];

/**
 * Reads syntax lines as the documentation writes them, in HTML: `<em>zone</em>` stands for any value, `<code>on</code>`
 * for itself, brackets for what may be absent, `…` for more of the same, ` | ` between choices.
 */
export function readSyntax(lines: readonly string[]): Arguments {
  const alternatives = lines.flatMap((line) => parse(plain(line)));
  return {
    min: Math.min(...alternatives.map(fewest)),
    max: alternatives.map(most).reduce(larger, 0),
    values: valuesByPosition(alternatives),
  };
}

/** Text with placeholders in angle brackets: `<em>size</em>` becomes `<size>`, and `threads[=<em>pool</em>]` `threads*`. */
function plain(html: string): string {
  return html
    .replace(/<em>(.*?)<\/em>/g, (_, name: string) => `\u2039${name}\u203A`)
    .replace(/<[^>]+>/g, '')
    .replace('{...}', '')
    .replace(/(?<=[^\s[])\[[^\]]*\]/g, '*')
    .replaceAll('\u2039', '<')
    .replaceAll('\u203A', '>')
    .replaceAll('&hellip;', '…');
}

function parse(text: string): Alternatives {
  const tokens = text.match(/[[\]…]|[^\s[\]…]+/g) ?? [];
  let position = 0;

  function alternatives(): Item[][] {
    const found: Item[][] = [[]];
    while (position < tokens.length && tokens[position] !== ']') {
      const token = tokens[position] ?? '';
      position += 1;
      const sequence = found.at(-1) ?? [];
      const last = sequence.at(-1);
      if (token === '|') found.push([]);
      else if (token === '…' && last !== undefined) sequence.splice(-1, 1, { ...last, repeated: true });
      else if (token === '[') {
        sequence.push({ words: alternatives(), optional: true, repeated: false });
        position += 1;
      } else sequence.push({ words: token, optional: false, repeated: false });
    }
    return found;
  }

  return alternatives();
}

function fewest(sequence: readonly Item[]): number {
  return sequence.reduce((sum, { words, optional }) => {
    if (optional) return sum;
    return sum + (typeof words === 'string' ? 1 : Math.min(...words.map(fewest)));
  }, 0);
}

function most(sequence: readonly Item[]): number | null {
  return sequence.reduce<number | null>((sum, { words, repeated }) => {
    const here = typeof words === 'string' ? 1 : words.map(most).reduce(larger, 0);
    return sum === null || here === null || repeated ? null : sum + here;
  }, 0);
}

function larger(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b);
}

const kinds: Readonly<Record<string, string>> = {
  '<time>': '<time>',
  '<timeout>': '<time>',
  '<header_timeout>': '<time>',
  '<interval>': '<time>',
  '<size>': '<size>',
  '<number>': '<number>',
  '<connections>': '<number>',
  '<level>': '<number>',
};

/** What a word may be at its position, or `*` when that is not simply said. */
function choices({ words, optional }: Item): string[] {
  if (typeof words === 'string') {
    if (words.startsWith('<')) return [kinds[words] ?? '*'];
    return [/^[A-Za-z0-9_.-]+$/.test(words) ? words : '*'];
  }
  if (!optional || words.some((sequence) => sequence.length !== 1)) return ['*'];
  return words.flat().flatMap(choices);
}

function valuesByPosition(alternatives: Alternatives): string[] {
  const positions: Set<string>[] = [];
  let repeated = false;
  for (const sequence of alternatives) {
    for (const [index, item] of sequence.entries()) {
      const before = sequence.slice(0, index);
      if (before.some((earlier) => earlier.repeated)) return trimmed(positions.slice(0, index - 1), false);
      // Behind a word that may be absent, or where several may, none has a place of its own.
      const last = index === sequence.length - 1;
      const certain = !before.some(({ optional }) => optional) && (!item.optional || last);
      positions[index] = new Set([...(positions[index] ?? []), ...(certain ? choices(item) : ['*'])]);
      repeated ||= item.repeated;
    }
  }
  return trimmed(positions, repeated);
}

function trimmed(positions: readonly Set<string>[], repeated: boolean): string[] {
  const values = positions.map((position) => (position.has('*') ? '*' : [...position].join('|')));
  if (repeated && values.length > 0 && values.at(-1) !== '*') values.push(`${values.pop()}…`);
  while (values.at(-1) === '*') values.pop();
  return values;
}

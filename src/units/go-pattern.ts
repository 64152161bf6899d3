// The part of Go's regular expressions (RE2) that patterns of paths need, without a backslash. JavaScript's own would take
// look-ahead and back-references, which Go refuses, and refuse what Go takes.

/** A pattern that Go takes: how many groups it has, and their names. */
export interface GoPattern {
  readonly groups: number;
  readonly names: readonly string[];
}

const classNames =
  'alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit'.split(' ');

/** More copies than this of one part are refused by Go; copies of copies count too. */
const mostCopies = 1000;

/** Parses a pattern; returns what is wrong with it as a text. */
export function parseGoPattern(text: string): GoPattern | string {
  const reader = new PatternReader(text);
  const found = reader.alternatives();
  if (typeof found === 'string') return found;
  return reader.isAtEnd() ? { groups: reader.groups, names: reader.names } : 'a ")" has no "("';
}

/** Each method reads one part, and returns how often a piece of it is repeated at most, or what is wrong with it. */
class PatternReader {
  readonly names: string[] = [];
  groups = 0;
  #rest: string;

  constructor(text: string) {
    this.#rest = text;
  }

  isAtEnd(): boolean {
    return this.#rest === '';
  }

  alternatives(): number | string {
    let copies = 1;
    do {
      while (!this.isAtEnd() && !/^[|)]/.test(this.#rest)) {
        const found = this.#repeated();
        if (typeof found === 'string') return found;
        copies = Math.max(copies, found);
      }
    } while (this.#take(/^\|/));
    return copies;
  }

  #repeated(): number | string {
    const copies = this.#single();
    const count = this.#take(/^(?:[*+?]|\{(\d{1,4})(?:,(\d{1,4})?)?\})\??/);
    if (typeof copies === 'string' || count === undefined) return copies;
    if (/^[*+?{]/.test(this.#rest)) return `"${this.#rest[0]}" repeats what is repeated already`;
    const [whole, least, most = least] = count;
    if (least === undefined) return copies;
    if (Number(most) < Number(least)) return `"${whole}" ends before it begins`;
    const all = Math.max(Number(most), 1) * copies;
    return all > mostCopies ? `a part of it is repeated more than ${mostCopies} times` : all;
  }

  #single(): number | string {
    if (this.#take(/^\(/)) return this.#group();
    if (this.#take(/^\[/)) return this.#characterClass();
    const [found] = this.#take(/^[^*+?{}\\"]/u) ?? [];
    if (found === undefined) return `there is nothing before the "${this.#rest[0]}" that it could apply to`;
    return /[!-~]/.test(found) ? 1 : `"${found}" is in no path of an image`;
  }

  #group(): number | string {
    const name = this.#take(/^\?P?<([A-Za-z_]\w*)>/)?.[1];
    if (name !== undefined && this.names.includes(name)) return `two groups are called "${name}"`;
    const isCounted = name !== undefined || this.#take(/^\?:/) === undefined;
    if (isCounted && name === undefined && this.#rest.startsWith('?')) {
      return `Go has no group that begins with "(${this.#rest.slice(0, 2)}"`;
    }
    if (name !== undefined) this.names.push(name);
    if (isCounted) this.groups++;
    const found = this.alternatives();
    return typeof found === 'string' || this.#take(/^\)/) ? found : 'a "(" is not closed';
  }

  #characterClass(): number | string {
    this.#take(/^\^/);
    for (let isFirst = true; isFirst || !this.#take(/^\]/); isFirst = false) {
      const name = this.#take(/^\[:\^?(\w*):\]/)?.[1];
      if (name !== undefined && !classNames.includes(name)) return `there is no class "[:${name}:]"`;
      if (name !== undefined) continue;
      // Without quotes, backslashes and brackets, but for one bracket that comes first.
      const one = isFirst ? String.raw`[!#-Z\]^-~]` : '[!#-Z^-~]';
      const found = this.#take(new RegExp(`^(${one})-([!#-Z^-~])`)) ?? this.#take(new RegExp(`^${one}`));
      if (found === undefined)
        return 'a "[" is not closed, or has a character that is in no path of an image';
      const [, from, to] = found;
      if (from !== undefined && to !== undefined && from > to) return `"${from}-${to}" ends before it begins`;
    }
    return 1;
  }

  #take(form: RegExp): RegExpExecArray | undefined {
    const match = form.exec(this.#rest) ?? undefined;
    this.#rest = this.#rest.slice(match?.[0].length ?? 0);
    return match;
  }
}

/** Finds the problem of a replacement, and the text that was probably meant. */
export function replacementProblem(
  text: string,
  { groups, names }: GoPattern,
): { readonly problem: string; readonly suggestion?: string } | undefined {
  for (const [whole, braced, bare] of text.matchAll(/\$(?:\{(\w+)\}|(\w+))?/g)) {
    const name = braced ?? bare;
    if (name === undefined) return { problem: 'a "$" must be followed by the number or name of a group' };
    if (/^(0|[1-9]\d*)$/.test(name) ? Number(name) <= groups : names.includes(name)) continue;
    const number = /^[1-9]\d?(?=\D)/.exec(name)?.[0];
    if (bare !== undefined && number !== undefined && Number(number) <= groups) {
      const meant = `\${${number}}${bare.slice(number.length)}`;
      return {
        problem: `Go reads ${whole} as a group called "${name}"`,
        suggestion: text.replace(whole, () => meant),
      };
    }
    return { problem: `the pattern has no group "${name}"` };
  }
  const wrong = /[^a-z0-9._/-]/.exec(text.replaceAll(/\$(\{\w+\}|\w+)/g, ''))?.[0];
  return wrong === undefined ? undefined : { problem: `"${wrong}" is in no path of an image` };
}

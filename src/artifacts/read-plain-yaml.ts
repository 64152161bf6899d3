/** Documents of a text, and the line on which each begins, from 1. */
export interface PlainYaml {
  readonly documents: readonly unknown[];
  readonly lines: readonly number[];
}

/**
 * Reads the part of YAML that looks the same to everybody: mappings and lists in block style, plain words and numbers that
 * no version takes for anything else, strings in double quotes as in JSON, and `|` blocks. That is what is mostly written,
 * and reading it so takes a tenth of the time of a whole parser.
 *
 * @returns undefined for a text with anything else in it, right or wrong, which only a whole parser can tell
 */
export function readPlainYaml(text: string): PlainYaml | undefined {
  if (unusual.test(text)) return undefined;
  try {
    return new Reader(text).read();
  } catch (error) {
    if (error === notPlain) return undefined;
    throw error;
  }
}

/** Characters that one of the versions takes for the end of a line, refuses or removes, and tabs before something. */
const unusual = /[^\n\t\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]|[\u2028\u2029]|^ *\t/m;

const notPlain = new Error('not plain YAML');

type Mapping = Record<string, unknown>;

class Reader {
  private readonly lines: readonly string[];
  private at = 0;

  constructor(text: string) {
    if (!text.endsWith('\n')) throw notPlain;
    this.lines = text.slice(0, -1).split('\n');
  }

  read(): PlainYaml {
    const documents: unknown[] = [];
    const begins: number[] = [];
    for (;;) {
      this.skipComments();
      begins.push(this.at + 1);
      documents.push(this.node(0));
      if (this.at === this.lines.length) return { documents, lines: begins };
      if (this.lines[this.at] !== '---') throw notPlain;
      this.at += 1;
    }
  }

  /** A mapping or a list whose lines have this many spaces before them. */
  private node(indent: number): unknown {
    const line = this.line();
    if (indentOf(line) !== indent) throw notPlain;
    return line.startsWith('- ', indent) ? this.list(indent, false) : this.mapping(indent);
  }

  /** @param inList whether its first line begins with the dash of a list around it */
  private list(indent: number, inList: boolean): unknown[] {
    const items: unknown[] = [];
    let first = inList;
    for (;;) {
      const line = this.lines[this.at];
      if (line === undefined || (!first && indentOf(line) !== indent) || !line.startsWith('- ', indent)) {
        this.expectEnd(line, indent);
        return items;
      }
      first = false;
      items.push(this.item(line.slice(indent + 2), indent));
    }
  }

  /** @param rest what follows the dash */
  private item(rest: string, indent: number): unknown {
    if (rest.startsWith('- ')) return this.list(indent + 2, true);
    if (pair.test(rest)) return this.mapping(indent + 2);
    this.at += 1;
    return this.value(rest, indent + 2, indent);
  }

  private mapping(indent: number): Mapping {
    const entries: Mapping = {};
    // Where it begins has been looked at: after the dash of a list, or with these spaces before it.
    let first = true;
    for (;;) {
      const line = this.lines[this.at];
      if (line === undefined || (!first && (indentOf(line) !== indent || line === '---'))) {
        this.expectEnd(line, indent);
        return entries;
      }
      first = false;
      const found = pair.exec(line.slice(indent));
      if (found === null) throw notPlain;
      const [, quoted, word = '', rest] = found;
      const key = quoted === undefined ? word : unquoted(quoted);
      if (quoted === undefined && words.test(key)) throw notPlain;
      if (key === '__proto__' || Object.hasOwn(entries, key)) throw notPlain;
      this.at += 1;
      entries[key] = rest === undefined ? this.below(indent) : this.value(rest, indent + 2, indent);
    }
  }

  /** The node below a key without a value on its line. */
  private below(indent: number): unknown {
    const line = this.line();
    const inner = indentOf(line);
    if (inner !== indent + 2) throw notPlain;
    return this.node(inner);
  }

  private value(rest: string, inner: number, outer: number): unknown {
    if (rest === '|' || rest === '|-') return this.block(inner, rest === '|', outer);
    if (rest.startsWith('"')) return unquoted(rest);
    if (plain.test(rest) && !rest.endsWith(':')) {
      switch (rest) {
        case 'true':
          return true;
        case 'false':
          return false;
        case 'null':
          return null;
      }
      if (words.test(rest)) throw notPlain;
      return rest;
    }
    if (number.test(rest)) return Number(rest);
    if (rest === '{}') return {};
    if (rest === '[]') return [];
    throw notPlain;
  }

  private block(indent: number, ends: boolean, outer: number): string {
    const prefix = ' '.repeat(indent);
    const content: string[] = [];
    for (let line = this.lines[this.at]; line !== undefined; line = this.lines[this.at]) {
      if (line === '') content.push('');
      else if (line.startsWith(prefix)) content.push(line.slice(indent));
      else break;
      this.at += 1;
    }
    const [begin = ''] = content;
    if (begin === '' || begin.startsWith(' ') || content.at(-1) === '') throw notPlain;
    const next = this.lines[this.at];
    if (next !== undefined && indentOf(next) > outer) throw notPlain;
    return content.join('\n') + (ends ? '\n' : '');
  }

  private line(): string {
    const line = this.lines[this.at];
    if (line === undefined) throw notPlain;
    return line;
  }

  /** After the last entry of a mapping or list, something of what is around it must follow. */
  private expectEnd(line: string | undefined, indent: number): void {
    if (line === undefined || (line === '---' && indent >= 0)) return;
    if (indentOf(line) >= indent || line === '' || line.trimStart().startsWith('#')) throw notPlain;
  }

  /** Comments come before a document. */
  private skipComments(): void {
    while (/^(#.*)?$/.test(this.lines[this.at] ?? '-')) this.at += 1;
  }
}

function indentOf(line: string): number {
  let indent = 0;
  while (line.charCodeAt(indent) === 32) indent += 1;
  return indent;
}

/** A key, in quotes or as a word, and perhaps a value. */
const pair = /^(?:("(?:[^"\\]|\\.)*")|([A-Za-z_/][\w./-]*)):(?: (?! )(.*))?$/;

/** Text without anything that YAML has a use for. */
const plain = /^[A-Za-z/](?:[\w./@+()%=,;*~^$<>!?&|'"{}[\]`\\-]|:(?! |$)| (?! |$|#))*$/;

/** Plain text that some reader of either version takes for another type. */
const words = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?[0-9_]+)$/i;

const number = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;

const json = /^"(?:[^"\\\n\t]|\\(?:["\\bfnrt]|u[0-9a-fA-F]{4}))*"$/;

function unquoted(text: string): string {
  if (!json.test(text)) throw notPlain;
  return JSON.parse(text) as string;
}

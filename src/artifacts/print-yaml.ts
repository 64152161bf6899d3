import { loadYaml } from './load-yaml.ts';

/**
 * Prints YAML that means the same in 1.1 (cloud-init, Kubernetes) and 1.2: strings that either version would read as
 * another type are quoted, long ones are never folded, and text of several lines becomes a `|` block.
 *
 * @param quoted strings that match this are quoted too, in addition to YAML's own rules
 */
export function printYaml(value: unknown, comment?: string, quoted?: RegExp): string {
  const text = new PlainPrinter(quoted).print(value);
  if (text === undefined) return printAnyYaml(value, comment, quoted);
  return comment === undefined ? text : `# ${comment}\n\n${text}`;
}

/** The same by a whole printer, which knows how to quote any character. */
export function printAnyYaml(value: unknown, comment?: string, quoted?: RegExp): string {
  const { Document, visit } = loadYaml();
  const document = new Document(value, { aliasDuplicateObjects: false, version: '1.2' });
  visit(document, {
    Scalar(_, scalar) {
      if (typeof scalar.value === 'string') scalar.type = styleOf(scalar.value, quoted);
    },
  });
  if (comment !== undefined) document.commentBefore = ` ${comment}`;
  const options = { lineWidth: 0, indentSeq: true, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER };
  return document.toString(options).replace(unprintable, escapeCharacter);
}

type Style = 'PLAIN' | 'QUOTE_DOUBLE' | 'BLOCK_LITERAL';

function styleOf(text: string, quoted: RegExp | undefined): Style {
  if (quoted?.test(text)) return 'QUOTE_DOUBLE';
  if (isBlock(text)) return 'BLOCK_LITERAL';
  return isPlain(text) ? 'PLAIN' : 'QUOTE_DOUBLE';
}

/** True for several lines of ordinary text. Some readers would change or refuse anything else in a block. */
function isBlock(text: string): boolean {
  return /^[^\s][^\n]*\n/.test(text) && !/[^\n\t\x20-\x7e]|[ \t]\n|\n\n$/.test(text);
}

/** True if the text begins like a word or path, has no YAML syntax, and is a string in both versions. */
function isPlain(text: string): boolean {
  if (!/^[A-Za-z/][A-Za-z0-9 ._/@+:()%-]*$/.test(text) || /: |:$| $/.test(text)) return false;
  return !words.test(text);
}

/** All that begins with a letter and that some reader of either version takes for another type. */
const words = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?[0-9_]+)$/i;

/** Characters that YAML calls unprintable or line ends, but the printer does not escape in quotes. */
const unprintable = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Prints what needs no escape but those of JSON: nearly all, and ten times as fast as a whole printer. */
class PlainPrinter {
  private readonly quoted: RegExp | undefined;
  private isPlain = true;
  private out = '';

  constructor(quoted: RegExp | undefined) {
    this.quoted = quoted;
  }

  /** @returns undefined if the value has something else in it */
  print(value: unknown): string | undefined {
    if (!isNested(value)) return undefined;
    this.node(value, '', '');
    return this.isPlain ? this.out : undefined;
  }

  /** @param begin what comes before its first line: nothing after the dash of a list */
  private node(value: object, indent: string, begin: string): void {
    if (!isOrdinary(value)) this.isPlain = false;
    if (Array.isArray(value)) this.list(value, indent, begin);
    else this.mapping(value as Record<string, unknown>, indent, begin);
  }

  private list(items: readonly unknown[], indent: string, begin: string): void {
    let before = begin;
    for (const item of items) {
      this.out += `${before}- `;
      before = indent;
      if (isNested(item)) this.node(item, `${indent}  `, '');
      else this.scalar(item, undefined);
    }
  }

  private mapping(entries: Record<string, unknown>, indent: string, begin: string): void {
    let before = begin;
    for (const [key, value] of Object.entries(entries)) {
      if (value === undefined) continue;
      this.out += before;
      before = indent;
      // A longer key is written in another way.
      if (key.length > 500) this.isPlain = false;
      this.out += this.inline(key);
      if (isNested(value)) {
        this.out += ':\n';
        this.node(value, `${indent}  `, `${indent}  `);
      } else {
        this.out += ': ';
        this.scalar(value, `${indent}  `);
      }
    }
  }

  /** @param indent of the lines of a block; undefined where there is none */
  private scalar(value: unknown, indent: string | undefined): void {
    if (typeof value === 'string' && styleOf(value, this.quoted) === 'BLOCK_LITERAL') {
      if (indent === undefined) this.isPlain = false;
      else this.block(value, indent);
    } else this.out += `${this.inline(value)}\n`;
  }

  private block(text: string, indent: string): void {
    const ends = text.endsWith('\n');
    this.out += ends ? '|\n' : '|-\n';
    for (const line of (ends ? text.slice(0, -1) : text).split('\n')) {
      this.out += line === '' ? '\n' : `${indent}${line}\n`;
    }
  }

  private inline(value: unknown): string {
    switch (typeof value) {
      case 'string':
        return this.text(value);
      case 'boolean':
        return String(value);
      case 'number':
        if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
        break;
      case 'object':
        if (value === null) return 'null';
        if (isOrdinary(value) && isEmpty(value)) return Array.isArray(value) ? '[]' : '{}';
    }
    this.isPlain = false;
    return '';
  }

  private text(value: string): string {
    if (styleOf(value, this.quoted) === 'PLAIN') return value;
    if (/[^\x20-\x7e]/.test(value)) this.isPlain = false;
    return JSON.stringify(value);
  }
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !isEmpty(value);
}

function isOrdinary(value: object): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

function isEmpty(value: object): boolean {
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}

import { longestToken } from './argument.ts';
import type { Statement } from './directive.ts';

// Our own parser, because rules need the line of each directive and must see exactly what nginx sees. Quotes, `${` and
// ends of words follow ngx_conf_read_token.

export interface ConfProblem {
  readonly line: number;
  readonly message: string;
}

interface Word {
  readonly value: string;
  /** The position after the word and its closing quote. */
  readonly end: number;
}

interface OpenBlock {
  readonly statements: Statement[];
  readonly head: readonly string[];
  readonly line: number;
}

/** Only thrown inside `parseConf`, which returns it as a problem. */
class Refusal extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/**
 * Reads a conf by the rules of nginx's own lexer (`ngx_conf_read_token`), with comments and empty lines. It does not
 * know any directives. A comment behind a directive becomes a statement after it; a comment between a directive's
 * arguments becomes a statement before it.
 */
export function parseConf(text: string): { statements: Statement[] } | { problem: ConfProblem } {
  try {
    return { statements: parse(text) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { problem: { line: lineOf(text, error.at), message: error.message } };
  }
}

function parse(text: string): Statement[] {
  const nul = text.indexOf('\0');
  if (nul >= 0) throw new Refusal(nul, 'NUL character');

  const open: OpenBlock[] = [];
  let current: OpenBlock = { statements: [], head: [], line: 0 };
  let words: string[] = [];
  let wordsLine = 0;
  let line = 1;
  let emptyLine = true;
  let position = 0;

  while (position < text.length) {
    const character = text.charAt(position);
    if (character === '\n') {
      if (emptyLine && words.length === 0) current.statements.push({ blank: true, line });
      emptyLine = true;
      line += 1;
      position += 1;
      continue;
    }
    if (isSpace(character)) {
      position += 1;
      continue;
    }
    emptyLine = false;

    if (character === '#') {
      const end = text.indexOf('\n', position);
      const comment = text.slice(position, end < 0 ? text.length : end);
      refuseLong(comment, position);
      current.statements.push({ comment: comment.slice(comment.startsWith('# ') ? 2 : 1), line });
      position += comment.length;
    } else if (character === ';' || character === '{') {
      const [name, ...args] = words;
      if (name === undefined) throw new Refusal(position, `unexpected "${character}"`);
      const statement = { directive: name, args, line: wordsLine };
      if (character === ';') {
        current.statements.push(statement);
      } else {
        const inner: Statement[] = [];
        current.statements.push({ ...statement, block: inner });
        open.push(current);
        current = { statements: inner, head: words, line: wordsLine };
      }
      words = [];
      position += 1;
    } else if (character === '}') {
      const outer = words.length === 0 ? open.pop() : undefined;
      if (outer === undefined) throw new Refusal(position, 'unexpected "}"');
      current = outer;
      position += 1;
    } else {
      if (words.length === 0) wordsLine = line;
      const word = character === '"' || character === "'" ? quoted(text, position) : bare(text, position);
      words.push(word.value);
      line += text.slice(position, word.end).split('\n').length - 1;
      position = word.end;
    }
  }

  if (words.length > 0) throw new Refusal(text.length, `"${words[0]}" is not ended by ";" or "{"`);
  if (open.length > 0) {
    throw new Refusal(
      text.length,
      `the block "${current.head.join(' ')}" of line ${current.line} is not closed`,
    );
  }
  return current.statements;
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\r' || character === '\n';
}

function bare(text: string, start: number): Word {
  // `{` ends a word, but not after `$`, because of `${name}`.
  let variable = false;
  for (let position = start; position < text.length; position += 1) {
    const character = text.charAt(position);
    if (character === '{' && variable) continue;
    variable = character === '$';
    if (character === '\\') position += 1;
    else if (isSpace(character) || character === ';' || character === '{')
      return word(text, start, position, position);
  }
  throw new Refusal(text.length, `"${text.slice(start, start + 20)}" is not ended by ";" or "{"`);
}

function quoted(text: string, start: number): Word {
  const quote = text.charAt(start);
  for (let position = start + 1; position < text.length; position += 1) {
    const character = text.charAt(position);
    if (character === '\\') position += 1;
    else if (character === quote) {
      const next = text.charAt(position + 1);
      // nginx allows `)` here, for the end of `if ("$a" = "b")`.
      if (next === '' || isSpace(next) || ';{)'.includes(next))
        return word(text, start + 1, position, position + 1);
      throw new Refusal(position + 1, `unexpected "${next}" behind a closing quote`);
    }
  }
  throw new Refusal(text.length, `the quote of line ${lineOf(text, start)} is not closed`);
}

const unescaped: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' };

function word(text: string, start: number, stop: number, end: number): Word {
  const written = text.slice(start, stop);
  refuseLong(written, start);
  return {
    value: written.replace(/\\(["'\\trn])/g, (_, letter: string) => unescaped[letter] ?? letter),
    end,
  };
}

function refuseLong(written: string, at: number): void {
  if (Buffer.byteLength(written) > longestToken) {
    throw new Refusal(at, `"${written.slice(0, 20)}…" is longer than nginx's limit of ${longestToken} bytes`);
  }
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

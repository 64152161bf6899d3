/** One directive: `listen 443 ssl;`, or with a block: `server { … }`. Arguments are values, without quotes. */
export interface Directive {
  readonly directive: string;
  readonly args: readonly string[];
  /** Present, possibly empty, if the directive opens a block. */
  readonly block?: readonly Statement[];
  /** The line that it was read from, from 1. Absent if we built it ourselves. */
  readonly line?: number;
}

/** One line of comment, without its `# `. */
export interface Comment {
  readonly comment: string;
  readonly line?: number;
}

/** One empty line. */
export interface Blank {
  readonly blank: true;
  readonly line?: number;
}

/** An entry of a conf or of a block in it. Order matters to nginx and is kept. */
export type Statement = Directive | Comment | Blank;

/** `directive('listen', '443', 'ssl')` is `listen 443 ssl;`. */
export function directive(name: string, ...args: readonly string[]): Directive {
  return { directive: name, args };
}

/** `block('location', ['=', '/healthz'], [...])` is `location = /healthz { … }`. */
export function block(name: string, args: readonly string[], statements: readonly Statement[]): Directive {
  return { directive: name, args, block: statements };
}

/** One line, `# text`. */
export function comment(text: string): Comment {
  return { comment: text };
}

export function blank(): Blank {
  return { blank: true };
}

export function isDirective(statement: Statement): statement is Directive {
  return 'directive' in statement;
}

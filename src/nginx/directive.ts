/** One directive: `listen 443 ssl;`, or with a block: `server { … }`. Arguments are values, without quotes. */
export interface Directive {
  readonly directive: string;
  readonly args: readonly string[];
  /** Present, if only as an empty list, when the directive opens a block. */
  readonly block?: readonly Statement[];
  /** Where it was read, from 1. Absent from what we build ourselves. */
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

/** What a conf, and each block in it, is a list of. Order matters to nginx and is kept. */
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

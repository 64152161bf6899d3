import { block, directive, type Statement } from '../../nginx/directive.ts';

/**
 * nginx's own answer with a status, given after the limits have counted the request. `return` answers before they are
 * asked, so a stranger could have as many of those as he likes; `try_files` answers after them. The empty name is a
 * directory, which is no file, so what follows it is always what is taken.
 */
export function countedStatus(status: number): Statement {
  return directive('try_files', '', `=${status}`);
}

/** The same for an answer that needs more than a status: a location that no client can ask for gives it. */
export function countedAnswer(name: string, answer: readonly Statement[]): readonly [Statement, Statement] {
  return [directive('try_files', '', `@${name}`), block('location', [`@${name}`], answer)];
}

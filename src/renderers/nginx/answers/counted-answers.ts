import { block, directive, type Statement } from '../../../nginx/directive.ts';

/**
 * Answers with a status after the limits have counted the request. `return` would answer before that, so a client could
 * get any number of such answers; `try_files` answers after it. The empty name is a directory and not a file, so nginx
 * always uses the entry after it.
 */
export function countedStatus(status: number): Statement {
  return directive('try_files', '', `=${status}`);
}

/** The same for an answer with more than a status: it is in a location that clients cannot request. */
export function countedAnswer(name: string, answer: readonly Statement[]): readonly [Statement, Statement] {
  return [directive('try_files', '', `@${name}`), block('location', [`@${name}`], answer)];
}

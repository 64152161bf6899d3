import fc from 'fast-check';
import type { Statement } from '../../src/nginx/directive.ts';

const hostile = fc.string({ unit: fc.constantFrom(...'\\"\'{}$();:#[]= \n\r\t~^@ntraå\u{1F980}') });
const readable = fc.stringMatching(/^[a-z_]{1,12}$/);

/** Any value that an argument can hold: text, or the characters that mean something to nginx. */
export const argument = fc
  .oneof(hostile, readable, fc.string({ unit: 'binary' }))
  .filter((value) => !value.includes('\0'));

const commentText = argument.map((value) => value.replaceAll('\n', ' '));

/** Any list of statements, with blocks up to four deep. */
export const statements = fc.letrec<{ list: Statement[]; statement: Statement }>((tie) => ({
  list: fc.array(tie('statement'), { maxLength: 6 }),
  statement: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.record({ directive: argument, args: fc.array(argument, { maxLength: 5 }) }),
    fc.record({ comment: commentText }),
    fc.constant({ blank: true as const }),
    fc.record({ directive: argument, args: fc.array(argument, { maxLength: 3 }), block: tie('list') }),
  ),
})).list;

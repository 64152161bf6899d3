import { describe, expect, test } from 'vitest';
import { isDirective } from '../../src/nginx/directive.ts';
import { parseConf } from '../../src/nginx/parse.ts';

/** The arguments of the only directive in a text. */
function args(text: string): readonly string[] {
  const result = parseConf(text);
  const directives = 'statements' in result ? result.statements.filter(isDirective) : [];
  expect(directives).toMatchObject([{ directive: 'x' }]);
  return directives.flatMap((directive) => directive.args);
}

describe('parseConf reads', () => {
  test.each<[string, string[]]>([
    ['x;', []],
    ['x a  b\n\tc;', ['a', 'b', 'c']],
    ['x a"b c\'d;', ['a"b', "c'd"]],
    ['x a#b;', ['a#b']],
    ['x a}b;', ['a}b']],
    ['x "a;b{c}#d";', ['a;b{c}#d']],
    ['x \'a"b\' "c\'d";', ['a"b', "c'd"]],
    ['x "a\\"b" \'a\\\'b\' "a\\\'b";', ['a"b', "a'b", "a'b"]],
    ['x "a\\\\b\\tc\\rd\\ne";', ['a\\b\tc\rd\ne']],
    ['x a\\.b "a\\.b" \\d+;', ['a\\.b', 'a\\.b', '\\d+']],
    ['x a\\ b a\\;c;', ['a\\ b', 'a\\;c']],
    ['x "two\nlines";', ['two\nlines']],
    [`x $a \${b}c d\${e}f;`, ['$a', `\${b}c`, `d\${e}f`]],
    ['x $${a;', ['$${a']],
    ['x "" \'\';', ['', '']],
    ['x ("$a" = "b");', ['("$a"', '=', 'b', ')']],
    ['x a # comment ; {\n b;', ['a', 'b']],
  ])('%j', (text, expected) => {
    expect(args(text)).toEqual(expected);
  });

  test('lines, comments, empty lines and blocks', () => {
    const text = '#one\n# two\n\na 1; # three\nb "x\ny" {\n\n  c;\n}\r\n\r\nd\n  4;#';
    expect(parseConf(text)).toEqual({
      statements: [
        { comment: 'one', line: 1 },
        { comment: 'two', line: 2 },
        { blank: true, line: 3 },
        { directive: 'a', args: ['1'], line: 4 },
        { comment: 'three', line: 4 },
        {
          directive: 'b',
          args: ['x\ny'],
          line: 5,
          block: [
            { blank: true, line: 7 },
            { directive: 'c', args: [], line: 8 },
          ],
        },
        { blank: true, line: 10 },
        { directive: 'd', args: ['4'], line: 11 },
        { comment: '', line: 12 },
      ],
    });
  });
});

describe('parseConf refuses', () => {
  test.each<[number, string, string]>([
    [1, 'unexpected ";"', ';'],
    [2, 'unexpected "{"', 'a;\n{'],
    [2, 'unexpected "}"', 'a;\n}'],
    [1, 'unexpected "}"', 'a b }'],
    [4, 'the block "a" of line 1 is not closed', 'a {\nb {\n}\n'],
    [2, '"b" is not ended', 'a\nb'],
    [1, '"a" is not ended', 'a "b" '],
    [4, 'the quote of line 2 is not closed', 'a;\nb "c;\n\n'],
    [1, 'the quote of line 1 is not closed', "a 'b\\';"],
    [1, 'unexpected "c" behind a closing quote', 'a "b"c;'],
    [1, 'unexpected "}" behind a closing quote', 'a "b"};'],
    [1, 'unexpected "#" behind a closing quote', 'a "b"#c\n;'],
    [2, 'NUL', 'a\n\0;'],
    [1, 'longer than nginx', `a ${'b'.repeat(4200)};`],
    [2, 'longer than nginx', `\n#${'b'.repeat(4200)}`],
  ])('line %i: %s', (line, says, text) => {
    expect(parseConf(text)).toEqual({ problem: { line, message: expect.stringContaining(says) } });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { longestToken, printArgument, userText } from '../../src/nginx/argument.ts';
import { parseConf } from '../../src/nginx/parse.ts';

describe('printArgument', () => {
  test.each([
    ['443', '443'],
    ['[::]:443', '[::]:443'],
    ['$request_id', '$request_id'],
    ['max-age=63072000', 'max-age=63072000'],
    ['/.well-known/acme-challenge/', '/.well-known/acme-challenge/'],
    ['ECDHE-RSA-AES128-GCM-SHA256:HIGH:!aNULL', 'ECDHE-RSA-AES128-GCM-SHA256:HIGH:!aNULL'],
    ['', '""'],
    ['a b', '"a b"'],
    ['a;b', '"a;b"'],
    ['}', '"}"'],
    ['#', '"#"'],
    ['(a)', '(a)'],
    ['blåbær', '"blåbær"'],
    [`\${name}x`, `"\${name}x"`],
    ['{"error":"too many requests"}\n', '\'{"error":"too many requests"}\\n\''],
    ["it's", '"it\'s"'],
    [`'"`, `"'\\""`],
    ['~^(?<net>.{8})\\.$', '"~^(?<net>.{8})\\\\.$"'],
    ['a\tb\rc\nd', '"a\\tb\\rc\\nd"'],
  ])('%j is written %s', (value, written) => {
    expect(printArgument(value)).toBe(written);
    expect(parseConf(`x ${written};`)).toEqual({ statements: [{ directive: 'x', args: [value], line: 1 }] });
  });

  test.each([
    ['NUL', 'a\0b'],
    ['half a surrogate pair', 'a\uD800b'],
    ['longer', 'å'.repeat(longestToken / 2)],
  ])('throws for %s', (says, value) => {
    expect(() => printArgument(value)).toThrow(says);
  });

  test('takes as many bytes as nginx reads', () => {
    const longest = 'a'.repeat(longestToken - 2);
    expect(printArgument(longest)).toBe(longest);
    expect(() => printArgument(`${longest}a`)).toThrow(RangeError);
    // Escapes count as they are written.
    expect(() => printArgument(`;${'\\'.repeat(longestToken / 2)}`)).toThrow(RangeError);
  });
});

describe('userText', () => {
  test.each([
    '',
    ';',
    '{',
    '}',
    '"',
    "'",
    '\\',
    '\\n',
    '#',
    '..',
    '../../etc/passwd',
    'return 200;} server {',
    '"; } server { listen 81; } #',
    "\\'; return 200",
    'blåbær 漢字 \u{1F980}',
    '\u00A0\u2028\u2029\uFEFF\u202E',
    '%0d%0a',
    '{{ template }}',
    '`id`',
  ])('%j is unchanged', (value) => {
    expect(userText(value)).toBe(value);
    const parsed = parseConf(`x ${printArgument(value)};\n`);
    expect(parsed).toEqual({ statements: [{ directive: 'x', args: [value], line: 1 }] });
  });

  test.each([
    ['$', '"$"'],
    ['$host', '"$"'],
    ['\\$host', '"$"'],
    ['a\nb', 'U+000A'],
    ['a\rb', 'U+000D'],
    ['a\tb', 'U+0009'],
    ['a\0b', 'U+0000'],
    ['\u001B[2J', 'U+001B'],
    ['\u007F', 'U+007F'],
    ['\u0085', 'U+0085'],
    ['\uDC00', 'half a surrogate pair'],
  ])('%j is refused for %s', (value, says) => {
    expect(userText(value)).toEqual({ problem: expect.stringContaining(says) });
  });

  test('too long a text is refused', () => {
    expect(userText('a'.repeat(5000))).toEqual({ problem: expect.stringContaining('longer') });
  });

  test('accepts only text that reads back the same, and never a variable', () => {
    const hostile = fc.string({ unit: fc.constantFrom(...'\\"\'{}$;# \n\r\t\0na.å\uD800') });
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (value) => {
        const text = userText(value);
        if (typeof text !== 'string') return;
        expect(text).toBe(value);
        expect(printArgument(text)).not.toContain('$');
        const parsed = parseConf(`a ${printArgument(text)};b {}`);
        expect(parsed).toMatchObject({ statements: [{ args: [value] }, { directive: 'b', args: [] }] });
      }),
      { numRuns: 500 },
    );
  });
});

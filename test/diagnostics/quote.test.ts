import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPath } from '../../src/diagnostics/config-path.ts';
import { quote, quoteKey } from '../../src/diagnostics/quote.ts';

describe('quote', () => {
  it('writes scalars as code does', () => {
    const written = ['30', '', "it's", 'a\\b', 30, -0, 1.5, Number.NaN, true, null, undefined, 10n].map(
      (value) => quote(value),
    );
    expect(written).toEqual([
      "'30'",
      "''",
      "'it\\'s'",
      "'a\\\\b'",
      '30',
      '-0',
      '1.5',
      'NaN',
      'true',
      'null',
      'undefined',
      '10n',
    ]);
  });

  it('writes lists and objects on one line', () => {
    expect(quote([])).toBe('[]');
    expect(quote({})).toBe('{}');
    expect(quote([1, 'a', { b: [null] }])).toBe("[1, 'a', { b: [null] }]");
    expect(quote({ 'a-b': 1, ok: {} })).toBe("{ 'a-b': 1, ok: {} }");
    expect(quote({ a: { b: { c: { d: { e: 1 } } } }, l: [[[[[1]]]]] })).toBe(
      '{ a: { b: { c: { d: { … } } } }, l: [[[[…]]]] }',
    );
  });

  it('describes values that cannot be written', () => {
    expect(quote(() => 1)).toBe('a function');
    expect(quote(Symbol('x\n'))).toBe('Symbol(x\\n)');
  });

  it('shows hidden characters', () => {
    expect(quote('\u001b[31m\r\n\t\0')).toBe("'\\x1b[31m\\r\\n\\t\\0'");
    expect(quote('a\u200bb\u202ec\u00a0d\ufeff\u2028\u{e0041}\ud800')).toBe(
      "'a\\u200bb\\u202ec\\xa0d\\ufeff\\u2028\\u{e0041}\\ud800'",
    );
    expect(quote('blåbær 日本 😀')).toBe("'blåbær 日本 😀'");
  });

  it('cuts off at about 60 characters', () => {
    expect(quote('a'.repeat(60))).toBe(`'${'a'.repeat(60)}'`);
    expect(quote('a'.repeat(61))).toBe(`'${'a'.repeat(59)}…'`);
    expect(quote('😀'.repeat(61))).toBe(`'${'😀'.repeat(59)}…'`);
    expect(quote(Array(100).fill(7))).toMatch(/^\[7(, 7){19}, …\]$/);
    expect(quote({ a: 'x'.repeat(100), b: 1 })).toMatch(/^\{ a: 'x{54}…', … \}$/);
    expect(quote('a'.repeat(100), 80)).toHaveLength(82);
  });

  it('of any value is short, on one line and printable', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (value) => {
        const text = quote(value);
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(text.length).toBeLessThan(700);
      }),
    );
  });

  it('is fast for a very long text', () => {
    const start = performance.now();
    quote('x'.repeat(5e7));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

it('writes keys without quotes if possible', () => {
  expect(['a', '$b_1', 'a-b', '1', '', "'"].map(quoteKey)).toEqual([
    'a',
    '$b_1',
    "'a-b'",
    "'1'",
    "''",
    "'\\''",
  ]);
});

it('writes paths as code does', () => {
  expect(formatPath([])).toBe('');
  expect(formatPath(['functions', 'pay', 'secrets', 0])).toBe('functions.pay.secrets[0]');
  expect(formatPath(['nodes', 'oslo-1', 'os'])).toBe("nodes['oslo-1'].os");
  expect(formatPath(['a', '\u001b[2J'])).toBe("a['\\x1b[2J']");
});

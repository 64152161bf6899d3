import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { printYaml } from '../../src/artifacts/print-yaml.ts';

/** Every character, with those that YAML has trouble with much more often than by chance. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(...'\0\x07\t\n\r \x1b\x7f\x85\xa0\u2028\u2029\ufeff\ufffe#:-?[]{}\'"|>&*!%@`,\\$0xey~'),
    )
    .map((characters) => characters.join('')),
  fc.constantFrom(
    'y',
    'no',
    'null',
    '~',
    '0644',
    '0x10',
    '1e3',
    '1_000',
    '12:30:45',
    '.5',
    '2024-01-01',
    '=',
  ),
);

describe('any text', () => {
  it.each(['1.1', '1.2'] as const)('is read back unchanged by YAML %s', (version) => {
    fc.assert(
      fc.property(fc.dictionary(text, text), (record) => {
        expect(parse(printYaml({ record }), { version })).toEqual({ record: { ...record } });
      }),
    );
  });

  it.each(['1.1', '1.2'] as const)('that is a word of YAML %s is read back as a text', (version) => {
    const words = 'y n yes no on off true false null nan inf e1 e-1 e1_0 o7 xF'.split(' ');
    const cased = words.flatMap((word) => [
      word,
      word.toUpperCase(),
      `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
      `${word} `,
      `${word}:`,
    ]);
    expect(parse(printYaml(cased), { version })).toEqual(cased);
    const short = fc.array(fc.constantFrom(...'eEnNyYoOx01.+-_ :')).map((characters) => characters.join(''));
    fc.assert(
      fc.property(short, (value) => {
        expect(parse(printYaml([value]), { version })).toEqual([value]);
      }),
      { numRuns: 1000 },
    );
  });

  it('is printed in characters that every reader accepts', () => {
    fc.assert(
      fc.property(text, (value) =>
        /^[\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(printYaml([value])),
      ),
    );
  });
});

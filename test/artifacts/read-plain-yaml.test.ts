import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readPlainYaml } from '../../src/artifacts/read-plain-yaml.ts';
import { snapshotFolder } from '../snapshot-files.ts';

const files = readdirSync(snapshotFolder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => [file, readFileSync(join(snapshotFolder, file), 'utf8')] as const);

/** What could be written in a line, right or wrong. */
const scraps = [
  ...[
    ' ',
    '  ',
    '-',
    '- ',
    ':',
    ': ',
    '#',
    ' #',
    '"',
    "'",
    '\\',
    '|',
    '|-',
    '|+',
    '|2',
    '>',
    '{',
    '}',
    '[',
    ']',
  ],
  ...[
    '&a',
    '*a',
    '!',
    '!!str',
    '%',
    '@',
    '`',
    '~',
    'null',
    'yes',
    'on',
    'N',
    'y',
    '0x1',
    '0o7',
    '07',
    '1_0',
    '1e3',
  ],
  ...[
    '.5',
    '1.',
    '+1',
    '-0',
    '-1',
    '0.0',
    '12:30',
    '2001-01-01',
    '1234567890123456789',
    '<<',
    '__proto__',
    '---\n',
  ],
  ...[
    '...\n',
    '\n',
    '\n\n',
    '\t',
    '? ',
    ',',
    '=',
    'é',
    '\u2028',
    '\u00a0',
    '\ufeff',
    '\u0085',
    '\x7f',
    '{}',
    '[]',
  ],
  ...['a: b\n', '  x: 1\n', ' |\n', '""', '\\x41', '\\/', '\\u0041'],
];

describe('plain YAML', () => {
  it('is nearly all that is emitted', () => {
    const others = files.filter(([, text]) => readPlainYaml(text) === undefined);
    expect(others.length).toBeLessThan(files.length / 20);
  });

  it.each(files)('%s is read as both versions read it', (_, text) => {
    expectSame(text);
  });

  it('is never read in another way, whatever is written into it', () => {
    const texts = files
      .flatMap(([, text]) => text.split('\n---\n'))
      .map((text) => `${text.trimEnd()}\n`)
      .filter(({ length }) => length < 1500);
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      scrap: fc.constantFrom(...scraps),
      removed: fc.nat(3),
    });
    let read = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(change, { minLength: 1, maxLength: 2 }),
        (text, changes) => {
          let changed = text;
          for (const { at, scrap, removed } of changes) {
            const place = Math.floor(at * changed.length);
            changed = changed.slice(0, place) + scrap + changed.slice(place + removed);
          }
          read += expectSame(changed) ? 1 : 0;
        },
      ),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(100);
  });

  it.each([
    ['a key twice', 'a: 1\na: 2\n'],
    ['an anchor', 'a: &x 1\n'],
    ['a word that is true to YAML 1.1', 'a: yes\n'],
    ['a number with a colon', 'a: 12:30\n'],
    ['a folded text', 'a: >\n  b\n'],
    ['a text over two lines', 'a: b\n  c\n'],
    ['a comment after a value', 'a: b # c\n'],
    ['no line end', 'a: b'],
    ['nothing', ''],
  ])('leaves %s to a whole parser', (_, text) => {
    expect(readPlainYaml(text)).toBeUndefined();
  });
});

/** Whether it was read at all; fails if it was read in another way than by a whole parser. */
function expectSame(text: string): boolean {
  const plain = readPlainYaml(text);
  if (plain === undefined) return false;
  for (const version of ['1.1', '1.2'] as const) {
    const documents = parseAllDocuments(text, { version, uniqueKeys: true });
    if (!Array.isArray(documents)) expect.fail(`${version} has no document in ${JSON.stringify(text)}`);
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
    expect(documents.map((document): unknown => document.toJS())).toEqual(plain.documents);
  }
  return true;
}

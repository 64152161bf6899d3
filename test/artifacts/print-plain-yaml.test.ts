import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printAnyYaml, printYaml } from '../../src/artifacts/print-yaml.ts';
import { readYaml } from '../../src/verify/read/yaml.ts';
import { snapshotFolder } from '../snapshot-files.ts';

const files = readdirSync(snapshotFolder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.yaml'),
);

describe('what is printed fast has the bytes of the whole printer:', () => {
  it.each(files)('%s', (file) => {
    for (const document of readYaml(readFileSync(join(snapshotFolder, file), 'utf8')).documents) {
      expectSame(document);
    }
  });

  it('any value', () => {
    const value = fc.jsonValue({ noUnicodeString: false, maxDepth: 4 });
    fc.assert(fc.property(fc.dictionary(fc.string(), value), expectSame), { numRuns: 2000 });
  });

  it.each([
    { date: new Date(0) },
    { nothing: undefined, list: [undefined] },
    { half: 0.5, minus: -0, large: 1e21, none: Number.NaN },
    { text: 'a\nb\n', list: ['a\nb\n'], tab: 'a\tb', '': '', ' ': ' ' },
    { [`${'long'.repeat(400)}`]: 1 },
    {},
  ])('%o', (value) => expectSame(value));
});

function expectSame(value: unknown): void {
  for (const quoted of [undefined, /^\d/, /\$/]) {
    expect(printYaml(value, 'a comment', quoted)).toBe(printAnyYaml(value, 'a comment', quoted));
  }
}

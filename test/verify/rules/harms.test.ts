import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { rulesDocument } from '../../../scripts/rules-document.ts';
import { rules, rulesOfThisVersion } from '../../../src/verify/rules/index.ts';

const all = [...rules, ...rulesOfThisVersion];
const folder = new URL('../../../src/verify/rules/', import.meta.url);

it('every rule is in the list, under the name of its file', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) =>
      /: Rule = \{$/m.test(file.endsWith('.ts') ? readFileSync(new URL(file, folder), 'utf8') : ''),
    )
    .map((file) => file.replace(/^.*\/|\.ts$/g, ''));
  expect(all.map(({ name }) => name).sort()).toEqual(files.sort());
});

it('every rule says in one sentence what would be lost without it', () => {
  const wrong = all.filter(({ loss }) => !/^(?!.*\. ).*\.$/.test(loss) || loss.split(' ').length > 25);
  expect(wrong.map(({ name, loss }) => `${name}: ${loss}`)).toEqual([]);
});

it('docs/rules.md is what the rules say (else: npm run docs:rules)', () => {
  expect(readFileSync(new URL('../../../docs/rules.md', import.meta.url), 'utf8')).toBe(rulesDocument());
});

import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { billsTable, exampleChart, linesTable, plansTable, pricesTable } from '../../scripts/cost-tables.ts';
import { withBlock } from '../../scripts/nodes-tables.ts';
import { resolve } from '../../src/platform/resolve.ts';
import { platformWith } from '../platform/edit.ts';

const read = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const document = read('cost.md');

describe('docs/cost.md', () => {
  it.each([
    ['prices', pricesTable()],
    ['bills', billsTable()],
    ['lines', linesTable()],
    ['plans', plansTable()],
  ])('has its %s as the code does (else: npm run docs:cost)', (name, table) => {
    expect(document).toBe(withBlock(document, name, table));
  });

  it('has its chart as the code draws it (else: npm run docs:cost)', () => {
    expect(read('cost-example.svg')).toBe(exampleChart());
  });

  it('has by hand, in words, what its table has', () => {
    const [, byHand = ''] = /## 20 million calls, by hand\n([\s\S]*?)The product:/.exec(document) ?? [];
    const words = [...byHand.matchAll(/\*\*(\d+\.\d\d)\*\*/g)].map(([, usd]) => usd);
    const rows = [...billsTable().matchAll(/^\| [\d,]+ MiB \| (.*) \|$/gm)].map(([, row = '']) =>
      row.split(' | '),
    );
    // The table has a row for each size, the words have a paragraph for each cloud.
    const columns = [0, 1, 2, 3].flatMap((cloud) => rows.map((row) => row[cloud]));
    expect(words).toEqual(columns.filter((usd) => usd !== 'cannot run'));
  });

  const examples = [...document.matchAll(/```ts\n([\s\S]+?)```/g)].map(([, code = '']) => code);
  it('has an example', () => expect(examples.length).toBe(1));
  it.each(examples)('has an example that compiles and has nothing to warn about: %s', (code) => {
    const [platform, diagnostics] = resolve(platformWith(runInNewContext(`({${code}})`)));
    expect([platform !== undefined, diagnostics]).toEqual([true, []]);
  });
});

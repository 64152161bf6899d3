// Makes the tables of docs/cost.md and its chart: `npm run docs:cost`.

import { readFileSync } from 'node:fs';
import { billsTable, exampleChart, linesTable, plansTable, pricesTable } from './cost-tables.ts';
import { withBlock } from './nodes-tables.ts';
import { writeGenerated } from './write-generated.ts';

const page = 'docs/cost.md';
const blocks = { prices: pricesTable(), bills: billsTable(), lines: linesTable(), plans: plansTable() };
const document = Object.entries(blocks).reduce(
  (text, [name, table]) => withBlock(text, name, table),
  readFileSync(page, 'utf8'),
);
writeGenerated('docs:cost', { [page]: document, 'docs/cost-example.svg': exampleChart() });

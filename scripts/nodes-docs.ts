// Makes the two tables of docs/nodes.md: `npm run docs:nodes`.

import { readFileSync } from 'node:fs';
import { providersTable, sizesTable, withBlock } from './nodes-tables.ts';
import { writeGenerated } from './write-generated.ts';

const page = 'docs/nodes.md';
const document = withBlock(readFileSync(page, 'utf8'), 'providers', providersTable());
writeGenerated('docs:nodes', { [page]: withBlock(document, 'sizes', sizesTable()) });

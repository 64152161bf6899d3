// Writes the tables of docs/nodes.md: `npm run docs:nodes`.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { providersTable, sizesTable, withBlock } from './nodes-tables.ts';

const target = fileURLToPath(new URL('../docs/nodes.md', import.meta.url));
const document = readFileSync(target, 'utf8');
writeFileSync(target, withBlock(withBlock(document, 'providers', providersTable()), 'sizes', sizesTable()));

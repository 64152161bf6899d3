// Writes docs/rules.md, the rules of verify by the harm that each prevents: `npm run docs:rules`.
// With --check it writes nothing and fails when the page is not what the rules say.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rulesDocument } from './rules-document.ts';

const target = fileURLToPath(new URL('../docs/rules.md', import.meta.url));
const text = rulesDocument();

if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (text !== readFileSync(target, 'utf8')) {
  console.error('docs/rules.md is not what the rules say. Run: npm run docs:rules');
  process.exitCode = 1;
}

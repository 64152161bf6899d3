// Writes docs/diagnostics.md from the table of codes: `npm run docs:diagnostics`.
// With --check it writes nothing and fails when the file is not what the table says.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Code, codes } from '../src/diagnostics/codes.ts';
import { diagnosticsDocument } from '../src/explain/diagnostics-document.ts';
import { explainCode } from '../src/explain/explain-code.ts';

const target = fileURLToPath(new URL('../docs/diagnostics.md', import.meta.url));
const explanations = [];
for (const code of (Object.keys(codes) as Code[]).sort()) explanations.push(await explainCode(code));
const text = diagnosticsDocument(explanations);

if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (text !== readFileSync(target, 'utf8')) {
  console.error('docs/diagnostics.md is not what the table of codes says. Run: npm run docs:diagnostics');
  process.exitCode = 1;
}

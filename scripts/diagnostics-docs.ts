// Makes docs/diagnostics.md from the definitions of all codes: `npm run docs:diagnostics`.

import { type Code, codes } from '../src/diagnostics/codes.ts';
import { diagnosticsDocument } from '../src/explain/diagnostics-document.ts';
import { explainCode } from '../src/explain/explain-code.ts';
import { writeGenerated } from './write-generated.ts';

const explanations = [];
for (const code of (Object.keys(codes) as Code[]).sort()) explanations.push(await explainCode(code));
writeGenerated('docs:diagnostics', { 'docs/diagnostics.md': diagnosticsDocument(explanations) });

// Makes docs/rules.md, the rules of verify by the harm that each prevents: `npm run docs:rules`.

import { rulesDocument } from './rules-document.ts';
import { writeGenerated } from './write-generated.ts';

writeGenerated('docs:rules', { 'docs/rules.md': rulesDocument() });

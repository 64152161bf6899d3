// Makes docs/exposure.md: `npm run docs:exposure`.

import { exposurePage } from './exposure-page.ts';
import { writeGenerated } from './write-generated.ts';

writeGenerated('docs:exposure', { 'docs/exposure.md': exposurePage() });

import { mkdirSync, writeFileSync } from 'node:fs';
import { exposurePage } from './exposure-page.ts';

mkdirSync('docs', { recursive: true });
writeFileSync('docs/exposure.md', exposurePage());

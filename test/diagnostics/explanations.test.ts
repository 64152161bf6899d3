import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Code, codes } from '../../src/diagnostics/codes/index.ts';
import { explanations } from '../../src/diagnostics/explanations/index.ts';
import { diagnosticsDocument } from '../../src/explain/diagnostics-document.ts';
import { runExample } from '../../src/explain/run-example.ts';
import { situations } from './situations.ts';

const all = Object.keys(codes) as Code[];

describe('every code', () => {
  it('has an explanation', () => {
    expect(all.filter((code) => explanations[code] === undefined)).toEqual([]);
  });

  it.each(all)('%s comes about by its example', async (code) => {
    const example = explanations[code]?.example;
    if (example === undefined) throw new Error('no example');
    const prepare = situations[code];
    expect(prepare !== undefined).toBe('situation' in example);
    const found = prepare ? await prepare() : await runExample(code, example);
    expect(found.map((diagnostic) => diagnostic.code)).toContain(code);
  });

  it('means something in a sentence or two', () => {
    for (const code of all) expect(explanations[code]?.meaning).toMatch(/^[^a-z][\s\S]{15,320}\.$/);
  });
});

it('docs/diagnostics.md is what the table says (else: npm run docs:diagnostics)', async () => {
  const file = readFileSync(new URL('../../docs/diagnostics.md', import.meta.url), 'utf8');
  expect(file).toBe(await diagnosticsDocument());
});

import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { nodeSizes, providersTable, withBlock } from '../../scripts/nodes-tables.ts';
import { compileConfig } from '../../src/compile.ts';
import { platformWith } from '../platform/edit.ts';

const document = readFileSync(new URL('../../docs/nodes.md', import.meta.url), 'utf8');

describe('docs/nodes.md', () => {
  it('has the table of providers as the code does (else: npm run docs:nodes)', () => {
    expect(document).toBe(withBlock(document, 'providers', providersTable()));
  });

  it('has sizes within a tenth of what they are (else: npm run docs:nodes)', () => {
    const rows = [...document.matchAll(/^\| (.+) \| `(.+)` \| `(.+)` \| ([\d,]+) \| ([\d,]+) \| \d+% \|$/gm)];
    const number = (text = '') => Number(text.replaceAll(',', ''));
    const written = rows.map(([, shape, node, provider, bytes, limit]) => ({
      shape,
      node,
      provider,
      bytes: number(bytes),
      limit: number(limit),
    }));
    const sizes = nodeSizes();
    expect(written.map(({ bytes: _, ...rest }) => rest)).toEqual(sizes.map(({ bytes: _, ...rest }) => rest));
    for (const [index, { bytes }] of sizes.entries()) {
      expect(Math.abs((written[index]?.bytes ?? 0) / bytes - 1)).toBeLessThan(0.1);
    }
  });

  const examples = [...document.matchAll(/```ts\n([\s\S]+?)```/g)].map(([, code = '']) => code);
  it('has examples', () => expect(examples.length).toBeGreaterThan(1));
  it.each(examples)('has an example that compiles: %s', (code) => {
    const { diagnostics } = compileConfig(platformWith(runInNewContext(`({${code}})`)), 'platform.config.ts');
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

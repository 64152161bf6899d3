import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const platform = new URL('../../src/platform/', import.meta.url);
const functions = readdirSync(platform, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [
    ...readFileSync(new URL(file, platform), 'utf8').matchAll(/^(?:export )?function (\w+)/gm),
  ])
  .map(([, name = '']) => name);

it('resolve diagnoses, because check is the stage before it', () => {
  expect(functions.filter((name) => /^diagnose[A-Z]/.test(name)).length).toBeGreaterThan(50);
  expect(functions.filter((name) => /^check[A-Z]/.test(name))).toEqual([]);
});

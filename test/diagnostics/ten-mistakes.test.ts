import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import picocolors from 'picocolors';
import { expect, it } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import { load } from '../../src/config/load/load.ts';
import { place } from '../../src/config/locate/place.ts';
import { print } from '../../src/diagnostics/print/print.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'ten-mistakes');
const configs = readdirSync(folder).filter((file) => file.endsWith('.ts'));

/** Exactly what a person reads on standard error. */
async function printed(file: string): Promise<string> {
  const [loaded, problems] = await load(join(folder, file));
  const found = loaded ? place(loaded, compileConfig(loaded.value, file).diagnostics) : problems;
  return print(found, { colors: picocolors.createColors(false), cwd: folder });
}

it('are ten', () => expect(configs).toHaveLength(10));

it.each(configs)('%s is reported as in its .txt', async (file) => {
  const expected = readFileSync(join(folder, file.replace(/ts$/, 'txt')), 'utf8');
  expect(await printed(file)).toBe(expected);
});

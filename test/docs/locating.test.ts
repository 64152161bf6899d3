import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { load } from '../../src/config/load/load.ts';
import { locate } from '../../src/config/locate/locate.ts';
import { configFolder } from '../config/config-folder.ts';

const document = readFileSync(new URL('../../docs/locating.md', import.meta.url), 'utf8');
const examples = [...document.matchAll(/```ts\n([\s\S]+?)```/g)].map(([, code = '']) => code);

it('docs/locating.md has an example of each kind', () => expect(examples.length).toBeGreaterThanOrEqual(6));

/** The comment `//   ^^^^ exact` marks characters of the line above it. */
it.each(examples)('docs/locating.md marks the place that is found: %s', async (example) => {
  const lines = example.trimEnd().split('\n');
  const marked = lines.findIndex((line) => /^\/\/ +\^/.test(line));
  const [, before = '', carets = '', word] =
    /^(\/\/ +)(\^+) (exact|nearest)$/.exec(lines[marked] ?? '') ?? [];
  const source = lines.toSpliced(marked, 1).join('\n');

  const [loaded] = await load(join(configFolder({ 'platform.config.ts': source }), 'platform.config.ts'));
  if (!loaded) throw new Error('the example cannot be loaded');
  expect(locate(loaded, ['functions', 'pay', 'timeout'], 'value')).toMatchObject({
    line: marked,
    column: before.length + 1,
    length: carets.length,
    exact: word === 'exact',
  });
});

it('docs/locating.md names every file of the room', () => {
  const files = readdirSync(new URL('../../src/config/locate', import.meta.url)).sort();
  const named = [...document.matchAll(/^\| `([a-z-]+\.ts)` \|/gm)].map(([, file]) => file).sort();
  expect(named).toEqual(files);
});

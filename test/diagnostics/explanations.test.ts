import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Code, codes } from '../../src/diagnostics/codes.ts';
import { diagnosticsDocument } from '../../src/explain/diagnostics-document.ts';
import { type CodeExplanation, explainCode } from '../../src/explain/explain-code.ts';
import { factProblems, habitsIn, hintProblems } from './plain-words.ts';
import { situations } from './situations.ts';

const all = (Object.keys(codes) as Code[]).sort();
const explained: CodeExplanation[] = [];
const failures: string[] = [];

beforeAll(async () => {
  for (const code of all) {
    try {
      // It throws when a code has no example, and when its example does not cause it.
      explained.push(await explainCode(code));
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
}, 300_000);

it('every code has an example that causes it', () => expect(failures).toEqual([]));

describe('a code that only a situation causes', () => {
  const told = all.filter((code) => 'situation' in codes[code].example);

  it('is caused for real here', () => expect(Object.keys(situations).sort()).toEqual(told));

  it.each(told)('%s', async (code) => {
    const found = await situations[code]?.();
    expect(found?.map((diagnostic) => diagnostic.code)).toContain(code);
  });
});

it('every meaning is a sentence or two', () => {
  for (const code of all)
    expect([code, codes[code].meaning]).toEqual([code, expect.stringMatching(/^.{15,320}\.$/)]);
});

it('every fact is one plain sentence', () =>
  expect(
    explained.flatMap(({ found }) => [...factProblems(found.message), ...habitsIn(found.message)]),
  ).toEqual([]));

it('every hint is an action', () =>
  expect(explained.flatMap(({ found }) => [...hintProblems(found.hint), ...habitsIn(found.hint)])).toEqual(
    [],
  ));

it('docs/diagnostics.md is up to date (else: npm run docs:diagnostics)', () => {
  const file = readFileSync(new URL('../../docs/diagnostics.md', import.meta.url), 'utf8');
  expect(file).toBe(diagnosticsDocument(explained));
});

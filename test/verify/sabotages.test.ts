import { describe, expect, it } from 'vitest';
import { rememberLast } from '../../src/artifacts/remember.ts';
import { compileConfig } from '../../src/compile.ts';
import type { Code } from '../../src/diagnostics/codes.ts';
import { Findings } from '../../src/verify/findings.ts';
import { verify } from '../../src/verify/verify.ts';
import { cases } from '../cases/index.ts';
import { applySabotage } from './sabotages/apply-sabotage.ts';
import { sabotages } from './sabotages/index.ts';

const compiled = new Map<string, ReadonlyMap<string, string>>();
const remember = rememberLast(3000);
/** Kept from one sabotage to the next: what rules remember must never hide what is wrong. */
const findings = new Findings();

function platformOf(name: string): ReadonlyMap<string, string> {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const config = cases[name];
  if (config === undefined) throw new Error(`no case ${name}`);
  const { artifacts } = compileConfig(config, 'platform.config.ts');
  const texts = new Map(artifacts.map(({ path, text }) => [path, text]));
  compiled.set(name, texts);
  return texts;
}

function errorsIn(texts: ReadonlyMap<string, string>): Code[] {
  const found = verify(texts, remember, findings).filter(({ severity }) => severity === 'error');
  return [...new Set(found.map(({ code }) => code as Code))];
}

it('an edit of nothing, with every copy and hash made to agree, is accepted', () => {
  for (const name of new Set(
    Object.values(sabotages).flatMap((list) => list.map(({ of }) => of ?? 'reference')),
  )) {
    const same = applySabotage(platformOf(name), [{ file: 'apply.sh', find: 'set -euo', put: 'set -euo' }]);
    expect([name, errorsIn(same)]).toEqual([name, []]);
  }
});

describe.each(Object.entries(sabotages))('%s', (_, list) => {
  it.each(list)('$name', ({ of = 'reference', edits, outcome }) => {
    const found = errorsIn(applySabotage(platformOf(of), edits));
    if ('refused' in outcome) expect(found).toContain(outcome.refused);
    else expect(found).toEqual([]);
  });
});

it('no name is there twice', () => {
  const names = Object.values(sabotages).flatMap((list) => list.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
});

import { describe, expect, it } from 'vitest';
import { rememberLast } from '../../src/artifacts/remember.ts';
import { compileConfig } from '../../src/compile.ts';
import { verify } from '../../src/verify/verify.ts';
import { cases } from '../cases/index.ts';
import { applySabotage } from './sabotages/apply-sabotage.ts';
import {
  directiveInserted,
  fieldInserted,
  keyInserted,
  lineInserted,
  objectInserted,
  seeded,
} from './sabotages/insertions.ts';

const remember = rememberLast(3000);
const platforms = ['reference', 'every-option', 'gateway-full', 'three-servers'].map((name) => {
  const config = cases[name];
  if (config === undefined) throw new Error(`no case ${name}`);
  const { artifacts } = compileConfig(config, 'platform.config.ts');
  return new Map(artifacts.map(({ path, text }) => [path, text]));
});

/** Each so many times in each platform. */
const times = 15;

describe('one thing more than Fjord emits, anywhere, is refused', () => {
  it.each([
    ['a line', lineInserted],
    ['a key or an entry', keyInserted],
    ["a field of Kubernetes'", fieldInserted],
    ['a directive', directiveInserted],
    ['an object', objectInserted],
  ])(
    '%s',
    (_, insert) => {
      const passed = platforms.flatMap((texts, number) => {
        const random = seeded(20_261_126 + number);
        return Array.from({ length: times }, () => insert(texts, random))
          .filter(({ edit }) =>
            verify(applySabotage(texts, [edit]), remember).every(({ severity }) => severity !== 'error'),
          )
          .map(({ what }) => what);
      });
      expect(passed).toEqual([]);
    },
    600_000,
  );
});

import { expect, it } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import { verify } from '../../src/verify/verify.ts';
import { cases } from '../cases/index.ts';
import { applySabotage } from './sabotages/apply-sabotage.ts';

const { artifacts } = compileConfig(cases.reference, 'platform.config.ts');
const texts = new Map(artifacts.map(({ path, text }) => [path, text]));
const lock = JSON.parse(texts.get('platform.lock.json') ?? '');

const otherTemplates = {
  file: 'platform.lock.json',
  find: `"templates": "${lock.fjord.templates}"`,
  put: '"templates": "0123456789abcdef"',
};
const anotherLine = { file: 'apply.sh', find: 'say "done: ', put: 'say "it is done: ' };

function found(...edits: Parameters<typeof applySabotage>[1]) {
  return verify(applySabotage(texts, edits))
    .filter(({ code }) => code !== 'verify/user-data-may-not-fit')
    .map(({ code, severity }) => `${severity} ${code}`);
}

it('scripts that this version made are compared with its templates', () => {
  expect(found(anotherLine)).toEqual(['error verify/script-edited']);
});

it('scripts of another version are left out, and that is said', () => {
  expect(found(otherTemplates, anotherLine)).toEqual(['info verify/other-version']);
});

it('a dist of a version that did not say which it was is verified, too', () => {
  const { fjord, ...rest } = lock;
  expect(fjord.version).toMatch(/^\d+\.\d+\.\d+$/);
  const older = new Map([...texts, ['platform.lock.json', `${JSON.stringify(rest, null, 2)}\n`]]);
  const codes = verify(older).map(({ code }) => code);
  expect(codes).toContain('verify/other-version');
  expect(codes.filter((code) => code !== 'verify/user-data-may-not-fit')).toHaveLength(1);
});

it('invariants hold for every version', () => {
  const open = { file: 'manifests/50-gateway.yaml', find: 'type: ClusterIP', put: 'type: NodePort' };
  expect(found(otherTemplates, open)).toContain('error verify/exposed');
});

import { expect, it } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import { prepared } from '../../src/rehearse/prepared.ts';
import { secretKeys } from '../../src/rehearse/secret-keys.ts';
import { everyOption } from '../cases/every-option.ts';

const { platform, artifacts } = compileConfig(everyOption, 'platform.config.ts');
if (platform === undefined) throw new Error('it does not compile');
const everything = prepared(platform, artifacts, []);

it.each([
  ['cache', 'redis-password', ['password']],
  // A function's Secret is mounted whole.
  ['openfaas-fn', 's3-key', []],
  ['openfaas-fn', 'redis-password', []],
])('the keys that pods of %s read of the Secret %s', (namespace, name, keys) => {
  expect(secretKeys(everything, namespace, name)).toEqual(keys);
});

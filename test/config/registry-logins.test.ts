import { expect, it } from 'vitest';
import { check } from '../../src/config/check/check.ts';
import { smallest } from '../cases/smallest.ts';

it.each([
  ['as K3s writes it', { auth: { username: 'robot', password: 'hunter2' } }, ['auth']],
  ['beside auth', { username: 'robot', password: 'hunter2' }, ['username', 'password']],
])('a password for a registry, %s, is refused with the way out and not shown', (_, config, keys) => {
  const found = check({ ...smallest, k3s: { registries: { configs: { 'r.example.no': config } } } });
  const place = ['k3s', 'registries', 'configs', 'r.example.no'];
  expect(found.map(({ code, path }) => [code, path])).toEqual(
    keys.map((key) => ['check/password-in-config', [...place, key]]),
  );
  for (const { hint } of found) expect(hint).toMatch(/^write auth: 'file'; fjord user-data asks for/);
  expect(JSON.stringify(found)).not.toContain('hunter2');
});

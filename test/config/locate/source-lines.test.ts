import { expect, it } from 'vitest';
import { lineLocation } from '../../../src/config/locate/source-lines.ts';

it.each([
  ["auth: { username: 'a', password: 'hunter2' },", "auth: { username: 'a', password: '*******' },"],
  ['"DB_PASSWORD": "hunter2"', '"DB_PASSWORD": "*******"'],
  ["k3s: { token: 'K10abc' }", "k3s: { token: '******' }"],
  ["apiKey: 'abc', region: 'no'", "apiKey: '***', region: 'no'"],
  ["host: 'https://hooks.example.no/abc'", "host: 'https://hooks.example.no/***'"],
  ["secrets: ['db-password'], passwordFile: '/etc/x'", "secrets: ['db-password'], passwordFile: '/etc/x'"],
])('a line is shown without its secrets: %s', (line, shown) =>
  expect(lineLocation('a.ts', line, 1, true).text).toBe(shown),
);

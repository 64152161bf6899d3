import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { deck } from '../../src/rehearse/deck/index.ts';
import { run } from '../cli/fake-io.ts';

const directory = mkdtempSync(join(tmpdir(), 'rehearse-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const config = (image: string) => `export default {
  name: 'acme',
  domain: 'fn.acme.no',
  nodes: { 'oslo-1': { provider: 'coolvds', os: 'debian-12', country: 'NO', memory: '8Gi' } },
  openfaas: { licence: 'commercial-60-days', startCheck: 'accepted' },
  functions: { pay: { image: '${image}' } },
  gateway: { tls: { issuer: 'letsencrypt', email: 'drift@acme.no' } },
};
`;
writeFileSync(join(directory, 'old.config.ts'), config('ghcr.io/acme/pay:1'));
writeFileSync(join(directory, 'wrong.config.ts'), config('Not an image'));

const rehearse = (...args: string[]) => run(['rehearse', ...args], {}, { cwd: directory });

it('--list names each misfortune once, with a line', async () => {
  const { code, stdout } = await run(['rehearse', '--list']);
  expect(code).toBe(0);
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ', 1).join()),
  ).toEqual(deck.map(({ name }) => name));
  expect(new Set(deck.map(({ name }) => name)).size).toBe(deck.length);
});

describe('a wrong command line is one line, and exit code 2:', () => {
  it.each([
    ['reboot,earthquake', "there is no misfortune 'earthquake'; fjord rehearse --list names them"],
    ['rebot', "there is no misfortune 'rebot'; fjord rehearse --list names them. Did you mean reboot?"],
    [' , ', '--only names no misfortune; fjord rehearse --list names them'],
  ])('--only %j', async (only, line) => {
    expect(await rehearse('--only', only)).toMatchObject({ code: 2, stdout: '', stderr: `fjord: ${line}\n` });
  });

  it('--format xml', async () => {
    const { code, stderr } = await rehearse('--format', 'xml');
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/'xml' is invalid. Allowed choices are pretty, markdown, json\./),
    ]);
  });
});

describe('a config that is not there is one line, which names how rehearse takes it:', () => {
  it.each([
    [[], 'platform.config.ts', ', or create platform.config.ts'],
    [['old.config.ts', 'new.config.ts'], 'new.config.ts', ": there is '<>/old.config.ts'"],
  ])('%j', async (args, missing, hint) => {
    const expected = `fjord: there is no file '<>/${missing}'; name the config file as an argument${hint}\n`;
    const { code, stderr } = await rehearse(...args);
    expect([code, stderr.replaceAll(directory, '<>')]).toEqual([1, expected]);
  });
});

it('a config with errors is answered as synth answers it, and named', async () => {
  const { code, stderr } = await rehearse('old.config.ts', 'wrong.config.ts');
  expect(code).toBe(1);
  expect(stderr).toContain('--> wrong.config.ts:6:');
  expect(stderr).toMatch(/\nfjord: wrong\.config\.ts cannot be rehearsed, because of the errors above\n$/);
});

describe('without root', () => {
  it.each([
    [['old.config.ts'], /^fjord: a rehearsal needs root: .*; run it with sudo, or as root .*\n$/],
    [['--prepare'], /^fjord: --prepare needs root: .*; run it with sudo\n$/],
  ])('%j is one line', async (args, line) => {
    const user = vi.spyOn(process, 'geteuid').mockReturnValue(1000);
    const nowhere = {
      cwd: directory,
      env: { FJORD_TOOLS_DIR: '/nonexistent', PATH: process.env.PATH ?? '' },
    };
    const { code, stderr } = await run(['rehearse', ...args], {}, nowhere);
    user.mockRestore();
    expect([code, stderr]).toEqual([1, expect.stringMatching(line)]);
  });
});

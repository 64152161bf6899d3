import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { readCalls } from '../../src/rehearse/losses.ts';

const directory = mkdtempSync(join(tmpdir(), 'callers-'));
const log = join(directory, 'calls');
writeFileSync(log, '');
const server = createServer((_, response) => response.end());
afterAll(() => {
  server.close();
  rmSync(directory, { recursive: true, force: true });
});

it('who is in the next list as well goes on, who is not ends, who is new begins', async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const caller = (name: string) => ({
    ...{ name, tls: false, every: 20, timeout: 2000, address: '127.0.0.1', port, domain: 'a', path: '/' },
  });
  const script = join(import.meta.dirname, '../../rehearsal/world/callers.mjs');
  const child = spawn(process.execPath, [script, log], { stdio: ['pipe', 'ignore', 'inherit'] });
  const give = (...names: string[]) => child.stdin.write(`${JSON.stringify(names.map(caller))}\n`);
  const calls = () => readCalls(readFileSync(log, 'utf8'));
  const until = async (isSo: () => boolean) => {
    for (let tries = 0; !isSo() && tries < 500; tries += 1) await wait(20);
  };
  const count = (name: string) => calls().filter((call) => call.caller === name).length;

  give('leaving', 'staying');
  await until(() => count('leaving') > 3 && count('staying') > 3);
  give('staying', 'coming');
  await until(() => count('coming') > 3);
  const left = count('leaving');
  const before = count('staying');
  await until(() => count('staying') > before + 5);

  expect(count('leaving')).toBe(left);
  expect(new Set(calls().map(({ outcome }) => outcome))).toEqual(new Set(['200']));
  child.stdin.end();
  await once(child, 'exit');
}, 30_000);

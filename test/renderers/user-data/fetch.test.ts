import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { compileConfig } from '../../../src/compile.ts';
import { smallest } from '../../cases/smallest.ts';

const scripts = 'https://files.example.no/platform';
const config = { ...smallest, delivery: { mode: 'embedded' as const, scripts } };
const { artifacts } = compileConfig(config, 'platform.config.ts');
const textOf = (path: string) => artifacts.find((one) => one.path === path)?.text ?? '';
const userData = textOf('cloud-init/node-1.yaml');
const { write_files: files } = parse(userData) as { write_files: { path: string; content: string }[] };
const fetcher = files.find(({ path }) => path.endsWith('/fjord-fetch'))?.content ?? '';

/** What this node runs as its apply.sh, so that a test sees that it was started. */
const applied = '#!/bin/bash\necho "started as $0"\n';

/** Runs the script of user-data against a real server. */
async function run(answers: readonly [status: number, body: string][]) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const [status, body] = answers[Math.min(asked.length, answers.length - 1)] ?? [500, ''];
    asked.push(request.url ?? '');
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folder = mkdtempSync(join(tmpdir(), 'fjord-fetch-'));
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, 'sleep'), '#!/bin/sh\n', { mode: 0o755 });
  const digest = createHash('sha256').update(applied).digest('hex');
  const script = fetcher
    .replace('https://files.example.no', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    .replace(/^sha256=.*$/m, `sha256=${digest}`)
    .replace('/usr/local/sbin', folder);
  const env = { PATH: `${folder}:${process.env.PATH}` };
  const result = await new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
    execFile('bash', ['-c', script], { env }, (error, stdout, stderr) =>
      resolve({ status: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
  return { ...result, asked, place: join(folder, 'fjord-apply') };
}

it('is all that user-data brings, whatever the platform', () => {
  expect(files.map(({ path }) => path)).toEqual(['/usr/local/sbin/fjord-fetch']);
  expect(Buffer.byteLength(userData)).toBeLessThan(2048);
  expect(fetcher).toContain(`url=${scripts}/node-1/apply.sh\n`);
  const digest = createHash('sha256').update(textOf('nodes/node-1/apply.sh')).digest('hex');
  expect(fetcher).toContain(`sha256=${digest}\n`);
});

it('goes through the proxy of its node', () => {
  const proxy = { url: 'http://proxy.example.no:3128', except: ['files.example.no'] };
  const nodes = { 'node-1': { ...smallest.nodes['node-1'], proxy } };
  const proxied = compileConfig({ ...config, nodes }, 'platform.config.ts');
  expect(proxied.artifacts.find(({ kind }) => kind === 'user-data')?.text).toMatch(
    /^ *export https_proxy=http:\/\/proxy\.example\.no:3128 no_proxy=localhost,[^ ]*,files\.example\.no$/m,
  );
});

it('starts the script that it fetches', async () => {
  const { status, stdout, asked, place } = await run([[200, applied]]);
  expect([status, stdout]).toEqual([0, `started as ${place}\n`]);
  expect(asked).toEqual(['/platform/node-1/apply.sh']);
  expect(statSync(place).mode & 0o777).toBe(0o700);
  expect(readFileSync(place, 'utf8')).toBe(applied);
});

it('waits for a script that is not yet served, or for another one', async () => {
  const { status, stdout, asked } = await run([
    [404, 'no'],
    [200, 'an older one'],
    [200, applied],
  ]);
  expect(status).toBe(0);
  expect(asked).toHaveLength(3);
  expect(stdout).toMatch(
    /^fjord: cannot fetch \S+: .*404.*\nfjord: \S+ is another script than .*\nstarted as /,
  );
});

it.each<[string, [number, string], RegExp]>([
  ['another script', [200, `${applied}id\n`], /FAILED \(fetch\): \S+ is another script than this user-data/],
  ['what is not there', [404, ''], /FAILED \(fetch\): cannot fetch \S+apply\.sh: .*HTTP Error 404/],
])('ends without starting %s', async (_, answer, last) => {
  const { status, stdout, stderr, asked } = await run([answer]);
  expect(status).toBe(1);
  expect(stdout).not.toContain('started');
  expect(stderr.trimEnd().split('\n').at(-1)).toMatch(last);
  expect(asked).toHaveLength(20);
});

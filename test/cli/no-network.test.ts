import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'fjord-network-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(name: string, args: readonly string[]) {
  const record = join(folder, name);
  const preload = join(import.meta.dirname, 'no-connections.mjs');
  const { status, stderr } = spawnSync(process.execPath, ['--import', preload, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, CONNECTIONS_FILE: record },
    encoding: 'utf8',
  });
  return { status, stderr, tried: existsSync(record) ? readFileSync(record, 'utf8').trim().split('\n') : [] };
}

describe('compiling', { timeout: 120_000 }, () => {
  const synth = ['--import', 'tsx', 'src/cli/main.ts', 'synth', '--config', 'platform.config.ts'];

  it('opens no connection', () => {
    const { status, tried } = run('synth', [...synth, '--out', join(folder, 'dist')]);
    expect({ status, tried }).toEqual({ status: 0, tried: [] });
  });

  it('would be seen if it opened one', () => {
    const { status, tried } = run('other', ['-e', "require('node:net').connect(9, '127.0.0.1')"]);
    expect({ status, tried }).toEqual({ status: 1, tried: ['connection'] });
  });

  it('does not follow a link out of its output directory', () => {
    const out = join(folder, 'linked');
    symlinkSync(folder, out);
    const { status } = run('linked-run', [...synth, '--out', out]);
    expect(status).not.toBe(0);
    expect(existsSync(join(folder, 'platform.lock.json'))).toBe(false);
  });
});

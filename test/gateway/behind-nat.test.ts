import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import { twoProviders } from '../cases/two-providers.ts';
import { describeGateway } from './describe-gateway.ts';

vi.setConfig({ testTimeout: 60_000 });

const { artifacts } = compileConfig(twoProviders, 'platform.config.ts');
const filterOf = (node: string) =>
  /^table inet fjord\n[\s\S]+?(?=^END$)/m.exec(
    artifacts.find(({ path }) => path === `nodes/${node}/apply.sh`)?.text ?? '',
  )?.[0] ?? '';

/** What comes of each thing tried. */
function behindNats(server: string, agent: string): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'fjord-nat-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const files = Object.entries({ server, agent }).map(([name, text]) => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  });
  const script = new URL('behind-nat.sh', import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    ['--net', '--mount', '--pid', '--fork', '--kill-child', script, ...files],
    { encoding: 'utf8', timeout: 55_000 },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout.trim().split('\n');
}

const [server, agent] = [filterOf('oslo-1'), filterOf('oslo-3')];

describeGateway(
  'nodes behind NATs',
  () => {
    it('reach each other at external addresses, strangers do not, and a node and its pods reach itself', () =>
      expect(behindNats(server, agent)).toEqual([
        'agent tcp 203.0.113.21:6443 198.51.100.23',
        'agent udp 203.0.113.21:51820 198.51.100.23',
        'server udp 198.51.100.23:51820 203.0.113.21',
        'server tcp 198.51.100.23:10250 203.0.113.21',
        'stranger tcp 203.0.113.21:6443 nothing',
        'stranger udp 203.0.113.21:51820 nothing',
        'server tcp 203.0.113.21:6443 10.0.0.11',
        'pod tcp 203.0.113.21:6443 10.42.0.5',
        'pod tcp 10.43.0.1:443 10.42.0.5',
      ]));

    it('do not, if the filter lets in only inner addresses, or lets packets to itself leave', () => {
      const inner = server.replaceAll(', 198.51.100.23', ', 10.9.0.23');
      const leaving = inner.replace(/ {2}chain own_prerouting[\s\S]+?(?= {2}chain refuse)/, '');
      expect(behindNats(leaving, agent)).toEqual([
        'agent tcp 203.0.113.21:6443 nothing',
        'agent udp 203.0.113.21:51820 nothing',
        'server udp 198.51.100.23:51820 203.0.113.21',
        'server tcp 198.51.100.23:10250 203.0.113.21',
        'stranger tcp 203.0.113.21:6443 nothing',
        'stranger udp 203.0.113.21:51820 nothing',
        'server tcp 203.0.113.21:6443 nothing',
        'pod tcp 203.0.113.21:6443 nothing',
        'pod tcp 10.43.0.1:443 nothing',
      ]);
    });
  },
  'nft',
  'python3',
);

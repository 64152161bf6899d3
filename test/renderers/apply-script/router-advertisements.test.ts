import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { smallest } from '../../cases/smallest.ts';
import { describeGateway } from '../../gateway/describe-gateway.ts';

vi.setConfig({ testTimeout: 60_000 });

const ipv6: PlatformConfig['k3s'] = { ipv6: { clusterCidr: 'fd00:42::/56', serviceCidr: 'fd00:43::/112' } };

function scriptOf(k3s: PlatformConfig['k3s']): string {
  const { artifacts } = compileConfig({ ...smallest, k3s }, 'platform.config.ts');
  return artifacts.find(({ path }) => path.endsWith('apply.sh'))?.text ?? '';
}

const script = scriptOf(ipv6);
const [lines = ''] = /^for card in [\s\S]+?\ndone$/m.exec(script) ?? [];

it('a cluster without IPv6, in which nothing switches forwarding on, has none of it', () => {
  expect(lines).toContain('accept_ra');
  expect(scriptOf({})).not.toContain('accept_ra');
});

describeGateway(
  'the default route of a node that listens to router advertisements',
  () => {
    it('stays when K3s switches forwarding on, which it does not by a setting for all cards', () => {
      const directory = mkdtempSync(join(tmpdir(), 'fjord-ra-'));
      onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
      const file = join(directory, 'lines');
      writeFileSync(file, lines);
      const path = new URL('router-advertisements.sh', import.meta.url).pathname;
      const { stdout, stderr } = spawnSync('unshare', ['--net', '--mount', path, file], {
        encoding: 'utf8',
        timeout: 55_000,
      });
      expect(`${stdout}${stderr}`.trim().split('\n')).toEqual([
        'advertised: eth7',
        'forwarding, and all.accept_ra is 2: ',
        'advertised again: ',
        'advertised without forwarding: eth7',
        '[Service]',
        'ExecStartPre=-sysctl net.ipv6.conf.eth7.accept_ra=2',
        'forwarding: eth7',
        'advertised once more: eth7',
        'net.ipv6.conf.eth7.accept_ra = 2',
        'when K3s starts: eth7',
        '0 files',
      ]);
    });
  },
  'python3',
  'sysctl',
);

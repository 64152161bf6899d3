import { expect, it, vi } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import { smallest } from '../../cases/smallest.ts';
import { describeWithTool } from '../../conformance/real-tool.ts';
import { NodeWithApt } from './real-apt.ts';

vi.setConfig({ testTimeout: 120_000 });

const { artifacts } = compileConfig(smallest, 'platform.config.ts');
const script = artifacts.find(({ path }) => path.endsWith('apply.sh'))?.text ?? '';

/** As far as the packages, without the check of a disk. */
function packages(node: NodeWithApt, edited = script) {
  const [upTo = ''] = edited.split("\nbegin 'files'");
  return node.run(upTo.replace('len(took) < 1000', 'len(took) < 3'));
}

describeWithTool('apt-get', "packages by Debian's own apt and dpkg", () => {
  it('are installed', () => {
    const node = new NodeWithApt();
    const { status, stdout, stderr } = packages(node);
    expect(stderr).not.toContain('FAILED');
    expect(status).toBe(0);
    expect(stdout).toContain('fjord: installed nginx\n');
    expect(node.read('/var/lib/dpkg/status')).toContain('Status: install ok installed');
  });

  it('are installed after an apt that was killed in the middle of one', async () => {
    const node = new NodeWithApt();
    await node.killInstallation();
    expect(node.apt('install', '--yes', 'nginx').stderr).toContain(
      "dpkg was interrupted, you must manually run 'dpkg --configure -a'",
    );
    const unmended = packages(node, script.replace('dpkg --force-confold --configure -a', 'true'));
    expect(unmended.stderr).toContain('FAILED (packages): cannot install nginx');
    const { stdout, stderr } = packages(node);
    expect(stderr).not.toContain('dpkg was interrupted');
    expect(stdout).toContain('fjord: installed nginx\n');
    expect(node.read('/var/lib/dpkg/status')).toContain('Status: install ok installed');
  });

  it("wait for another apt's look for updates, which apt itself does not", async () => {
    const node = new NodeWithApt();
    node.program('sleep', '/bin/sleep "$@"');
    await node.lockLists(8);
    const { status, stderr } = node.apt('-o', 'DPkg::Lock::Timeout=120', 'update');
    expect([status, stderr]).toEqual([100, expect.stringContaining('Could not get lock')]);
    const { calls, ...result } = packages(node);
    expect(result.stderr).not.toContain('Could not get lock');
    expect(result.stdout).toContain('fjord: installed nginx\n');
    expect(calls.filter((call) => / update$/.test(call))).toHaveLength(1);
    expect(calls).toContain('sleep 1');
  });
});

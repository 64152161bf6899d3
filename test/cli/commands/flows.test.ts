import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import { cases } from '../../cases/index.ts';
import { run } from '../fake-io.ts';

const { artifacts } = compileConfig(cases.reference, 'platform.config.ts');
const flows = (...more: string[]) => run(['flows', ...more], { artifacts });

describe('fjord flows', () => {
  it('fits a terminal of 80 columns', async () => {
    const { code, stdout } = await flows();
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toContain('13 flows: 7 transfer, 2 unknown, 2 excepted, 2 inside.');
  });

  it('compares and writes nothing', async () => expect((await flows()).options?.mode).toBe('check'));

  it('gives every fact as JSON, with null for what is unknown', async () => {
    const { flows: all } = JSON.parse((await flows('--format', 'json')).stdout);
    expect(all).toHaveLength(13);
    expect(all.find(({ id }: { id: string }) => id === 'k3s/github.com')).toMatchObject({
      country: null,
      ownerCountry: 'US',
      status: 'transfer',
      asOf: '2026-11-28',
      declared: 'k3s.downloadFrom',
    });
  });

  it.each(['markdown', 'assessment', 'register'])(
    'says in the %s that it is no legal advice',
    async (format) => expect((await flows('--format', format)).stdout).toContain('they are not legal advice'),
  );

  it('answers the six steps with the transfers that carry something', async () => {
    const { stdout } = await flows('--format', 'assessment');
    expect(stdout.match(/^## \d\. .*$/gm)).toHaveLength(6);
    expect(stdout).toContain('| `function-images/ghcr.io` | ghcr.io |');
    expect(stdout).not.toContain('| `images/docker.io`');
  });

  it('prints the errors where nothing was compiled', async () => {
    const { code, stdout, stderr } = await run(['flows'], { artifacts: [] });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('There are no flows to list');
  });
});

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import { put, temporaryDirectory } from '../../artifacts/tree.ts';
import { platformWith } from '../../platform/edit.ts';
import { run } from '../fake-io.ts';

const config = platformWith({ openfaas: { licence: 'personal', startCheck: 'accepted' } });
const { artifacts } = compileConfig(config, 'platform.config.ts');

function emitted(): string {
  const cwd = temporaryDirectory();
  put(join(cwd, 'dist'), Object.fromEntries(artifacts.map(({ path, text }) => [path, text])));
  return cwd;
}

function textOf(path: string): string {
  return artifacts.find((artifact) => artifact.path === path)?.text ?? '';
}

async function codes(cwd: string): Promise<string[]> {
  const { stdout } = await run(['verify', '--json'], {}, { cwd });
  return JSON.parse(stdout).diagnostics.map(({ code }: { code: string }) => code);
}

describe('fjord verify', () => {
  it('finds compiled files consistent, in dist or in a given directory', async () => {
    const cwd = emitted();
    const { code, stdout, stderr } = await run(['verify'], {}, { cwd });
    expect([code, stdout]).toEqual([0, `✓ dist: ${artifacts.length} files, all consistent\n`]);
    // Its provider publishes no limit, and its user-data is larger than the smallest that any has.
    expect(stderr).toMatch(/^warning\[verify\/user-data-may-not-fit\][^§]+\n1 warning\n$/);
    expect((await run(['verify', 'dist'], {}, { cwd })).code).toBe(0);
    expect((await run(['verify', 'nowhere'], {}, { cwd })).stderr).toContain('error[verify/no-directory]');
  });

  it('shows what an edit broke, with the line', async () => {
    const cwd = emitted();
    const path = 'manifests/50-gateway.yaml';
    put(join(cwd, 'dist'), { [path]: textOf(path).replace('type: ClusterIP', 'type: NodePort') });
    const { code, stdout, stderr } = await run(['verify'], {}, { cwd });
    expect([code, stdout]).toEqual([1, '']);
    const block = stderr.split('\n\n').find((each) => each.startsWith('error[verify/exposed]'));
    const line = Number(/:::.*:(\d+)$/m.exec(block ?? '')?.[1]);
    expect(block).toContain(`${line} | ${textOf(path).split('\n')[line - 1]}\n`);
    expect(
      textOf(path)
        .split('\n')
        .slice(line - 1, line + 1),
    ).toEqual(['apiVersion: v1', 'kind: Service']);
  });

  it('has the formats of synth', async () => {
    const cwd = emitted();
    put(join(cwd, 'dist'), { 'stack.yaml': textOf('stack.yaml').replace('provider:', 'provder:') });
    const github = (await run(['verify', '--format', 'github'], {}, { cwd })).stdout;
    expect(github).toMatch(/^::error file=dist\/stack\.yaml,line=\d+,title=verify\/schema::\/provder: /m);
    const { code, stdout } = await run(['verify', '--format', 'sarif'], {}, { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).runs[0].results.length).toBeGreaterThan(0);
  });

  it('follows no link, and reads only text of a sensible size', async () => {
    const cwd = emitted();
    const dist = join(cwd, 'dist');
    put(cwd, { secret: 'root:x:0:0\n' });
    symlinkSync('../secret', join(dist, 'manifests/61-more.yaml'));
    symlinkSync('..', join(dist, 'gitops'));
    writeFileSync(join(dist, 'nginx/latin.conf'), Buffer.from([0xe5]));
    writeFileSync(join(dist, 'nginx/large.conf'), 'x'.repeat(1024 * 1024 + 1));
    mkdirSync(join(dist, 'empty'));
    const { code, stdout } = await run(['verify', '--json'], {}, { cwd });
    expect(code).toBe(1);
    expect(stdout).not.toContain('root:x');
    const read = JSON.parse(stdout).diagnostics.filter(
      ({ code: each }: { code: string }) => each === 'verify/not-read',
    );
    expect(read.map(({ message }: { message: string }) => message)).toEqual([
      "'gitops' was not read: it is a symbolic link",
      "'manifests/61-more.yaml' was not read: it is a symbolic link",
      "'nginx/large.conf' was not read: it has more than 1048576 bytes",
      "'nginx/latin.conf' was not read: it is not UTF-8",
    ]);
  });

  it('survives files that were made to keep it busy', async () => {
    const cwd = emitted();
    const dist = join(cwd, 'dist');
    const deep = '['.repeat(20_000);
    put(dist, {
      'stack.yaml': deep,
      'nginx/openfaas.conf': 'a{'.repeat(20_000),
      'platform.lock.json': deep,
    });
    expect(await codes(cwd)).toContain('verify/schema');
    put(dist, { 'platform.lock.json': textOf('platform.lock.json') });
    const found = await codes(cwd);
    expect(found.some((code) => code === 'verify/too-much' || code === 'verify/schema')).toBe(true);
  });
});

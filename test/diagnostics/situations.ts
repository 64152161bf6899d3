import { cpSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOutputPlace, type OutputPlace } from '../../src/artifacts/disk/output-place.ts';
import { readDirectory } from '../../src/artifacts/disk/read-directory.ts';
import { writeArtifacts } from '../../src/artifacts/write/write.ts';
import { explainWriteFailure } from '../../src/artifacts/write/write-failure.ts';
import { compile, compileConfig } from '../../src/compile.ts';
import { createSchemaCheck } from '../../src/config/check/schema-check.ts';
import { load } from '../../src/config/load/load.ts';
import type { Code } from '../../src/diagnostics/codes.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { verify } from '../../src/verify/verify.ts';
import { marked } from '../artifacts/sample-artifacts.ts';
import { put, temporaryDirectory } from '../artifacts/tree.ts';
import { platformWith } from '../platform/edit.ts';

type Prepare = () => Promise<readonly Diagnostic[]>;

const artifacts = [marked('stack.yaml', '1\n')];

async function writeTo(root: string, out = 'dist'): Promise<readonly Diagnostic[]> {
  const configFile = join(root, 'platform.config.ts');
  return (await writeArtifacts(join(root, out), artifacts, { cwd: root, configFile }))[1];
}

function placeIn(root: string): OutputPlace {
  const [place] = findOutputPlace(join(root, 'dist'), { cwd: root });
  if (place === undefined) throw new Error('no place');
  return place;
}

/** What is said when the system answers a rename like this. */
async function afterSystemError(code: string): Promise<readonly Diagnostic[]> {
  const error = Object.assign(new Error(code), { code, syscall: 'rename' });
  const problem = explainWriteFailure(error, placeIn(temporaryDirectory()));
  return problem === undefined ? [] : [problem];
}

async function loadIn(prepare: (root: string) => void, file: string): Promise<readonly Diagnostic[]> {
  const root = temporaryDirectory();
  prepare(root);
  return (await load(join(root, file)))[1];
}

/** A platform whose provider's limit is another one than it was compiled for. */
function afterLimit(provider: string, from: number, to: (size: number) => number): Prepare {
  return async () => {
    const nodes = { 'oslo-1': { provider, country: 'NO' } };
    const { artifacts: emitted } = compileConfig({ ...platformWith({}), nodes }, 'platform.config.ts');
    const texts = new Map(emitted.map(({ path, text }) => [path, text]));
    const size = Buffer.byteLength(texts.get('cloud-init/oslo-1.yaml') ?? '');
    const lock = texts.get('platform.lock.json') ?? '';
    return verify(texts.set('platform.lock.json', lock.replace(`"bytes": ${from}`, `"bytes": ${to(size)}`)));
  };
}

const config = 'platform.config.js';
const withManifests = "export default { delivery: { mode: 'embedded', manifests: ['redis.yaml'] } };\n";

/** The situations that examples tell of, made for real. */
export const situations: Readonly<Partial<Record<Code, Prepare>>> = {
  'load/not-found': () => loadIn(() => {}, 'platform.config.ts'),
  'load/manifest-unreadable': () => loadIn((root) => put(root, { [config]: withManifests }), config),
  'load/manifest-not-yaml': () =>
    loadIn((root) => put(root, { [config]: withManifests, 'redis.yaml': 'kind: [Namespace\n' }), config),
  'load/not-a-file': () => loadIn((root) => mkdirSync(join(root, 'platform')), 'platform'),
  'load/unreadable': () =>
    loadIn((root) => writeFileSync(join(root, 'a.ts'), Buffer.from([0x27, 0xe5, 0x27])), 'a.ts'),
  'load/unknown-format': () => loadIn((root) => put(root, { 'platform.yaml': '' }), 'platform.yaml'),
  'check/not-a-multiple': async () => createSchemaCheck({ type: 'integer', multipleOf: 8 })(13),
  'verify/no-directory': async () => readDirectory(join(temporaryDirectory(), 'dist'), '/')[1],
  'verify/not-read': async () => {
    const root = temporaryDirectory();
    symlinkSync('elsewhere', join(root, 'stack.yaml'));
    return readDirectory(root, '/')[1];
  },
  'verify/too-much': async () => {
    const root = temporaryDirectory();
    for (let n = 0; n < 33; n++) writeFileSync(join(root, `${n}.yaml`), ' '.repeat(1024 * 1024));
    return readDirectory(root, '/')[1];
  },
  'verify/user-data-too-large': afterLimit('hetzner', 32_768, (size) => size - 1),
  'verify/user-data-may-not-fit': afterLimit('coolvds', 16_384, (size) => size - 1),
  'verify/user-data-needs-gzip': afterLimit('aws', 16_384, (size) => size - 1),
  'verify/user-data-near-limit': afterLimit('hetzner', 32_768, (size) => size + 1),
  'write/foreign-file': async () => {
    const root = temporaryDirectory();
    put(root, { 'dist/stack.yaml': 'mine\n' });
    return writeTo(root);
  },
  'write/other-platform': async () => {
    const root = temporaryDirectory();
    put(root, { 'platform.config.json': JSON.stringify(platformWith({ name: 'staging' })) });
    put(root, { 'dist/production/platform.lock.json': JSON.stringify({ platform: 'production' }) });
    const { diagnostics } = await compile({
      configFile: join(root, 'platform.config.json'),
      outDir: join(root, 'dist', 'production'),
      mode: 'write',
      strict: false,
      cwd: root,
    });
    return diagnostics;
  },
  'write/output-is-file': async () => {
    const root = temporaryDirectory();
    put(root, { 'notes.txt': 'mine\n' });
    return writeTo(root, 'notes.txt');
  },
  'write/output-is-link': async () => {
    const root = temporaryDirectory();
    put(root, { 'shared/a': 'mine\n' });
    symlinkSync('shared', join(root, 'dist'));
    return writeTo(root);
  },
  'write/output-not-its-own': async () => {
    const root = temporaryDirectory();
    put(root, { 'platform.config.ts': '' });
    return writeTo(root, '.');
  },
  'write/cannot-swap': () => afterSystemError('EBUSY'),
  'write/not-writable': () => afterSystemError('EACCES'),
  'write/no-space': () => afterSystemError('ENOSPC'),
  'write/failed': () => afterSystemError('EIO'),
  'write/busy': async () => {
    const root = temporaryDirectory();
    return (await Promise.all([writeTo(root), writeTo(root)])).flat();
  },
  'write/interrupted': async () => {
    const root = temporaryDirectory();
    await writeTo(root);
    const place = placeIn(root);
    cpSync(join(root, 'dist'), place.staged, { recursive: true });
    renameSync(join(root, 'dist'), place.previous);
    put(root, { 'dist/stack.yaml': 'made anew\n' });
    return (await writeArtifacts(join(root, 'dist'), [marked('stack.yaml', '2\n')], { cwd: root }))[1];
  },
};

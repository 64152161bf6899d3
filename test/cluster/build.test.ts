import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = new URL('../../rehearsal/build', import.meta.url).pathname;

/** What the script calls before it builds. */
const called = [
  'bash',
  'env',
  'basename',
  'cut',
  'find',
  'sort',
  'xargs',
  'sha256sum',
  'sed',
  'tail',
  'mkdir',
  'flock',
  'rm',
  'mv',
];

/** A machine that could build, each program with what it says there. */
const able: Readonly<Record<string, string>> = {
  go: 'case $2 in GOVERSION) echo go1.99.0 ;; *) echo "$FJORD_TOOLS_DIR" ;; esac',
  gcc: '',
  'apt-get': '',
  'dpkg-deb': '',
  uname: 'echo x86_64',
  df: 'printf "Avail\\n 100\\n"',
  awk: 'echo 16',
};

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fjord-build-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Runs it on a machine with an empty cache and these programs. */
function build(programs: Readonly<Record<string, string | undefined>>, ...args: readonly string[]) {
  const bin = mkdtempSync(join(directory, 'bin-'));
  for (const name of called) {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
    symlinkSync(found, join(bin, name));
  }
  for (const [name, text] of Object.entries(programs)) {
    if (text === undefined) continue;
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const env = { PATH: bin, FJORD_TOOLS_DIR: directory };
  const { status, stdout, stderr } = spawnSync(script, args, { encoding: 'utf8', env });
  return { status, stdout, stderr };
}

/** Elsewhere it has another line, which comes first. */
const onDebian12 = /^VERSION_ID="12"$/m.test(readFileSync('/etc/os-release', 'utf8'));

describe.runIf(onDebian12)('rehearsal/build', () => {
  it.each([
    [{ go: undefined }, 'needs go, which is not installed'],
    [{ gcc: undefined }, 'needs gcc, which is not installed'],
    [{ df: 'printf "Avail\\n 3\\n"' }, 'needs 10 GiB of disk for DIRECTORY/parts; 3 GiB are free'],
    [{ awk: 'echo 1' }, 'needs 3 GiB of memory to link Kubernetes; 1 GiB are free'],
    [
      { uname: 'echo aarch64' },
      'needs Debian 12 on x86_64, which the rehearsed machines are; this is another system',
    ],
  ])('ends with one line on a machine with %o', (changed, line) => {
    expect(build({ ...able, ...changed })).toEqual({
      status: 1,
      stdout: '',
      stderr: `rehearsal/build: ${line.replace('DIRECTORY', directory)}\n`,
    });
  });

  it('ends with one line when Go is older than a module wants', () => {
    const { status, stderr } = build({ ...able, go: 'echo go1.22.4' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^rehearsal\/build: needs Go 1\.\d+(\.\d+)? or newer; this is Go 1\.22\.4\n$/);
  });

  it('says so when nothing is built yet, and builds nothing', () => {
    const stderr = 'rehearsal/build: not built yet: run rehearsal/build\n';
    expect(build(able, '--path')).toEqual({ status: 1, stdout: '', stderr });
    expect(build(able, '--path', '--minors')).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readdirSync(directory).filter((name) => !name.startsWith('bin-'))).toEqual([]);
  });

  it.each([
    [['--parts'], "there is no option '--parts'; usage: rehearsal/build [--path] [--minors [MINOR...]]"],
    [['--minors', '1.30'], "there is no minor '1.30'; there are 1.33 1.34 1.35 1.37"],
  ])('refuses %j', (args, line) => {
    expect(build(able, ...args)).toEqual({ status: 1, stdout: '', stderr: `rehearsal/build: ${line}\n` });
  });

  it('leaves nothing that looks built when a part fails', () => {
    const failing = { ...able, go: `[ "$1" = build ] && { echo broken >&2; exit 1; }\n${able.go}` };
    const { status, stderr } = build(failing, '--minors', '1.33');
    expect(status).toBe(1);
    expect(stderr).toBe(
      [
        'rehearsal/build: apiserver-1.33 ...',
        'broken',
        'rehearsal/build: apiserver-1.33 could not be built; the lines above say why',
        '',
      ].join('\n'),
    );
    expect(build(failing, '--path', '--minors').stdout).toBe('');
  });
});

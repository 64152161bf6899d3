import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** What a run of a script on a fake node came to. */
export interface FakeRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The fakes' calls in this run, one line each. */
  readonly calls: readonly string[];
}

/** Programs that a node has, by their shell code. Each call is noted; by default they succeed and say nothing. */
const programs: Readonly<Record<string, string>> = {
  'apt-get': '',
  awk: 'echo 4096',
  curl: `while [ $# -gt 1 ]; do [ "$1" != --output ] || out=$2; shift; done; printf 'fetched %s\\n' "$1" >"$out"`,
  dpkg: '[ "$1" != --print-architecture ] || echo amd64',
  'dpkg-query': 'printf installed',
  df: 'printf "Avail\\n 50000\\n"',
  flock: '',
  groupadd: '',
  id: 'echo 0',
  // The address that is asked for is on the second card.
  ip: 'echo "3: ens7    inet 10.0.0.2/24 brd 10.0.0.255 scope global ens7"',
  journalctl: '',
  modprobe: '',
  nft: '',
  nginx: '',
  openssl: 'while [ $# -gt 0 ]; do case $1 in -keyout|-out) echo x >"$2";; esac; shift; done',
  sha256sum: 'if [ $# = 0 ]; then /usr/bin/sha256sum; else echo "$FAKE_SHA256  $1"; fi',
  sleep: '',
  ss: '',
  sshd: '',
  sysctl: '',
  // Each start of a unit has an identity of its own.
  systemctl: `case "$*" in show*) cat "$0.starts" 2>/dev/null || true;; *restart*) echo start >>"$0.starts";; esac`,
  timedatectl: '',
};

/**
 * A directory that a node's scripts take for their machine: they run as they are, except that paths below /etc, /var,
 * /run, /usr/local and /proc/net lead into it, and that what they call are fakes.
 */
export class FakeNode {
  readonly root = mkdtempSync(join(tmpdir(), 'fjord-node-'));
  private readonly bin = join(this.root, 'bin');
  private readonly log = join(this.root, 'calls');
  sha256 = '';

  constructor() {
    onTestFinished(() => rmSync(this.root, { recursive: true, force: true }));
    for (const folder of ['var/lib', 'usr/local/bin'])
      mkdirSync(join(this.root, folder), { recursive: true });
    for (const [name, code] of Object.entries(programs)) this.program(name, code);
    this.write('/etc/resolv.conf', '# by DHCP\nsearch example.no\nnameserver 192.0.2.53\n');
    this.write('/proc/net/if_inet6', '');
    this.write(
      '/etc/os-release',
      'PRETTY_NAME="Debian"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nID=debian\n',
    );
  }

  /** Puts a program on the node, or in the place of another. */
  program(name: string, code: string): void {
    const file = name.startsWith('/') ? join(this.root, name) : join(this.bin, name);
    mkdirSync(dirname(file), { recursive: true });
    const note = `printf '%s\\n' "${name.split('/').at(-1)} $*" >>'${this.log}'`;
    writeFileSync(file, `#!/bin/bash\n${note}\n${code}\n`);
    chmodSync(file, 0o755);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  run(script: string, ...args: readonly string[]): FakeRun {
    writeFileSync(this.log, '');
    const inside = script.replace(
      /(?<![\w.$}-]|[^>]>)\/(etc|var|usr\/local|run|proc\/net)\//g,
      `${this.root}/$1/`,
    );
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-u', '-e', '-s', '--', ...args], {
      input: inside,
      encoding: 'utf8',
      env: { PATH: `${this.bin}:/usr/bin:/bin`, FAKE_SHA256: this.sha256 },
    });
    const plain = (text: string) => text.replaceAll(this.root, '');
    return {
      status,
      stdout: plain(stdout),
      stderr: plain(stderr),
      calls: plain(this.read('calls')).trim().split('\n'),
    };
  }
}

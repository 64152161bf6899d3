import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { readApplyScript } from '../../src/verify/read-apply-script.ts';
import { cases } from '../cases/index.ts';
import { smallest } from '../cases/smallest.ts';
import { FakeNode } from './fake-node.ts';

const sha256 = 'a'.repeat(64);
const config: PlatformConfig = {
  ...smallest,
  k3s: {
    binarySha256: { amd64: sha256 },
    installer: { url: 'https://mirror.example.no/install.sh', sha256 },
  },
};

function applyScript(of: PlatformConfig = config): string {
  const { artifacts } = compileConfig(of, 'platform.config.ts');
  const script = artifacts.find(({ path }) => path.endsWith('apply.sh'))?.text;
  if (script === undefined) throw new Error('nothing was compiled');
  return script;
}

/** A node whose K3s has been installed once the installer ran. Measuring its disk takes a while. */
function node(version = 'v1.36.5+k3s1', disk = false): FakeNode {
  const made = new FakeNode();
  made.sha256 = sha256;
  made.program('k3s', '');
  const binary = `printf '#!/bin/sh\\necho "k3s version ${version} (abc)"\\n' >${made.root}/usr/local/bin/k3s`;
  const unit = `mkdir -p ${made.root}/etc/systemd/system; touch ${made.root}/etc/systemd/system/k3s.service`;
  made.program('sh', `${binary}; chmod +x ${made.root}/usr/local/bin/k3s; ${unit}`);
  made.program('/usr/local/sbin/openfaas-tls', '');
  if (!disk) made.write('/var/lib/fjord/fsync', 'measured before\n');
  return made;
}

/** The scripts that the script itself puts there would do real things; they have tests of their own. */
function run(made: FakeNode, script: string, ...args: readonly string[]) {
  return made.run(script.replaceAll('/usr/local/sbin/openfaas-tls placeholder', ':'), ...args);
}

describe('apply.sh on a new node', () => {
  const script = applyScript();

  it('writes every file with its mode, starts everything, and says what it did', () => {
    const made = node(undefined, true);
    const result = run(made, script);
    expect(result.stderr).toBe('');
    expect(result.status).toBe(0);
    expect(result.stdout.trim().split('\n').at(-1)).toMatch(
      /^fjord: done: wrote .*installed K3s .*restarted K3s/,
    );
    for (const [path, file] of readApplyScript(script).files) {
      expect(statSync(join(made.root, path)).mode & 0o777, path).toBe(Number.parseInt(file.permissions, 8));
    }
    expect(result.calls).toContain('systemctl restart --no-block k3s');
    expect(result.calls).toContain('systemctl enable --quiet fjord-firewall');
    expect(made.read('/var/lib/fjord/fsync')).toMatch(/^99 of 100 writes are kept within [\d.]+ ms, /);
  });

  it('does nothing the second time', () => {
    const made = node();
    run(made, script);
    made.program('k3s', 'case "$*" in *"get secret"*) exit 0;; esac');
    const again = run(made, script);
    expect(again.stdout.trim().split('\n').at(-1)).toBe('fjord: done: nothing to change');
    expect(again.calls.filter((call) => /restart|reload|^curl/.test(call))).toEqual([]);
  });

  it('in a dry run changes nothing and shows each file', () => {
    const made = node();
    const result = run(made, script, '--dry-run');
    expect(result.status).toBe(0);
    expect(result.stdout).toContain('fjord: would write /etc/rancher/k3s/config.yaml');
    expect(result.stdout).toContain('+vm.swappiness = 1');
    expect(() => made.read('/etc/rancher/k3s/config.yaml')).toThrow();
    expect(result.calls.filter((call) => /^systemctl|^sysctl|^curl/.test(call))).toEqual([]);
  });
});

it('apply.sh takes --dry-run and nothing else', () => {
  const made = node();
  for (const argument of ['--dryrun', '-n', '--help', 'dry-run']) {
    const result = run(made, applyScript(), argument);
    expect(result).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'usage: apply.sh [--dry-run]\n',
      calls: [''],
    });
  }
});

describe('apply.sh on a later day', () => {
  it('restarts K3s when its configuration changed, and only then', () => {
    const made = node();
    run(made, applyScript());
    const other = applyScript({ ...config, k3s: { ...config.k3s, kubeconfigMode: '0640' } });
    const result = run(made, other);
    expect(result.calls).toContain('systemctl restart --no-block k3s');
    expect(result.calls.some((call) => call.startsWith('sh '))).toBe(false);
  });

  it('installs another version within the skew that Kubernetes allows', () => {
    const made = node('v1.35.9+k3s1');
    run(made, applyScript({ ...config, k3s: { ...config.k3s, version: 'v1.35.9+k3s1' } }));
    const result = run(made, applyScript());
    expect(result.stdout).toContain('installed K3s v1.36.5+k3s1');
  });

  it.each([
    ['two minors up', 'v1.35.9+k3s1', 'v1.37.1+k3s1'],
    ['a minor back', 'v1.36.5+k3s1', 'v1.35.9+k3s1'],
  ])('refuses to go %s', (_, from, to) => {
    const made = node(from);
    run(made, applyScript({ ...config, k3s: { ...config.k3s, version: from } }));
    const result = run(made, applyScript({ ...config, k3s: { ...config.k3s, version: to } }));
    expect(result.status).toBe(1);
    expect(result.stderr).toContain(`FAILED (preflight): K3s ${from} goes up one minor version at a time`);
    expect(result.stdout).not.toContain('fjord: wrote');
  });

  it('installs the packages that are missing, at the second try if need be', () => {
    const made = node();
    made.program(
      'dpkg-query',
      `[ "$4" != certbot ] || [ -e ${made.root}/certbot ] || exit 1; printf installed`,
    );
    made.program(
      'apt-get',
      `case "$*" in
        *update*) [ -e ${made.root}/tried ] || { touch ${made.root}/tried; exit 100; };;
        *install*) touch ${made.root}/certbot;;
      esac`,
    );
    const result = run(made, applyScript());
    expect(result.stdout).toMatch(/^fjord: done: installed certbot, wrote /m);
    expect(run(made, applyScript(), '--dry-run').stdout).not.toContain('would install');
  });

  it('says which packages it would install', () => {
    const made = node();
    made.program('dpkg-query', '[ "$4" != certbot ] || exit 1; printf installed');
    const result = run(made, applyScript(), '--dry-run');
    expect(result.stdout).toContain('fjord: would install certbot\n');
    expect(result.calls.filter((call) => call.startsWith('apt-get'))).toEqual([]);
  });

  it('makes good for a run that failed before all was in force', () => {
    const made = node();
    run(made, applyScript());
    const other = applyScript({
      ...config,
      k3s: { ...config.k3s, kubeconfigMode: '0640' },
      kernel: { sysctl: { 'vm.swappiness': 9 } },
    });
    made.program('sysctl', 'exit 1');
    expect(run(made, other).stderr).toContain('FAILED (system)');
    made.program('sysctl', '');
    const result = run(made, other);
    expect(result.stdout).toContain(
      'fjord: not in force yet, from a run that failed: /etc/sysctl.d/99-serverless.conf /etc/rancher/k3s/config.yaml\n',
    );
    expect(result.calls).toContain('systemctl restart --no-block k3s');
    made.program('k3s', 'case "$*" in *"get secret"*) exit 0;; esac');
    expect(run(made, other).stdout).toContain('fjord: done: nothing to change\n');
  });

  it("fetches K3s' images once for each version, and checks them", () => {
    const made = node();
    // The fake hash, as the release's list would have it.
    made.program(
      'curl',
      `while [ $# -gt 1 ]; do [ "$1" != --output ] || out=$2; shift; done
printf '%s  %s\\n' ${sha256} k3s-airgap-images-amd64.tar.zst >"$out"`,
    );
    const airgap = (version: string) =>
      applyScript({ ...config, k3s: { ...config.k3s, airgapImages: true, version } });
    const urls = (calls: readonly string[]) =>
      calls.flatMap((call) => /^curl .*\/(\S+)$/.exec(call)?.[1] ?? []);
    const first = run(made, airgap('v1.36.5+k3s1'));
    expect(first.stdout).toContain("fetched K3s' images");
    expect(urls(first.calls)).toEqual([
      'k3s-airgap-images-amd64.tar.zst',
      'sha256sum-amd64.txt',
      'k3s',
      'install.sh',
    ]);
    expect(urls(run(made, airgap('v1.36.5+k3s1')).calls)).toEqual([]);
    expect(urls(run(made, airgap('v1.37.1+k3s1')).calls)).toContain('k3s-airgap-images-amd64.tar.zst');
  });

  it('runs the installer and restarts K3s after a run that ended in between', () => {
    const made = node('v1.35.9+k3s1');
    run(made, applyScript({ ...config, k3s: { ...config.k3s, version: 'v1.35.9+k3s1' } }));
    made.program(
      'curl',
      `while [ $# -gt 1 ]; do [ "$1" != --output ] || out=$2; shift; done
case $1 in *install.sh) exit 22;; *) printf '#!/bin/sh\\necho k3s version v1.36.5+k3s1\\n' >"$out";; esac`,
    );
    expect(run(made, applyScript()).stderr).toContain('FAILED (K3s): cannot download');
    // The new binary is there, and says so.
    made.program('curl', `while [ $# -gt 1 ]; do [ "$1" != --output ] || out=$2; shift; done; echo >"$out"`);
    made.program('sh', '');
    const result = run(made, applyScript());
    expect(result.calls.some((call) => /^sh .*install\.sh server$/.test(call))).toBe(true);
    expect(result.stdout).toMatch(/^fjord: done: installed K3s v1\.36\.5\+k3s1, restarted K3s/m);
    made.write('/etc/systemd/system/k3s.service', '');
    expect(run(made, applyScript()).calls.some((call) => call.startsWith('sh '))).toBe(false);
  });

  it('removes what the config does not say any more', () => {
    const made = node();
    const mirrors = { 'docker.io': { endpoints: ['https://mirror.example.no'] } };
    run(made, applyScript({ ...config, k3s: { ...config.k3s, registries: { mirrors } } }));
    expect(made.read('/etc/rancher/k3s/registries.yaml')).toContain('mirror.example.no');
    expect(run(made, applyScript(), '--dry-run').stdout).toContain(
      'fjord: would remove /etc/rancher/k3s/registries.yaml\n',
    );
    const result = run(made, applyScript());
    expect(result.stdout).toContain('fjord: removed /etc/rancher/k3s/registries.yaml\n');
    expect(result.calls).toContain('systemctl restart --no-block k3s');
    expect(() => made.read('/etc/rancher/k3s/registries.yaml')).toThrow();
  });

  it("brings the packet filter from the OS' own unit to ours, which is enabled and loaded first", () => {
    const made = node();
    made.write('/etc/nftables.conf', 'of an older version');
    made.write('/var/lib/fjord/files', ' /etc/nftables.conf \n');
    made.program(
      'systemctl',
      `case "$*" in
      'enable --quiet fjord-firewall') [ -e ${made.root}/etc/nftables.conf ] || echo late;;
      'is-active --quiet fjord-firewall') exit 1;;
      show*) cat "$0.starts" 2>/dev/null || true;;
      *restart*) echo start >>"$0.starts";;
    esac`,
    );
    const { stdout, stderr, calls } = run(made, applyScript());
    expect(stderr).toBe('');
    expect(stdout).not.toMatch(/^late$/m);
    expect(stdout).toContain('removed /etc/nftables.conf');
    expect(calls.filter((call) => /systemctl .*(firewall|nftables)/.test(call))).toEqual([
      'systemctl enable --quiet fjord-firewall',
      'systemctl reload-or-restart fjord-firewall',
      'systemctl mask --quiet nftables',
    ]);
  });

  it('puts back an nginx conf that nginx refuses', () => {
    const made = node();
    run(made, applyScript());
    const before = made.read('/etc/nginx/conf.d/openfaas.conf');
    made.program('nginx', 'exit 1');
    const result = run(made, applyScript({ ...config, gateway: { rateLimit: { rate: '99r/s' } } }));
    expect(result.status).toBe(1);
    expect(result.stderr).toContain(
      'FAILED (nginx): nginx refuses its configuration; what was there before is back',
    );
    expect(made.read('/etc/nginx/conf.d/openfaas.conf')).toBe(before);
    // Also when it is refused once more, and when it is taken in the end.
    run(made, applyScript({ ...config, gateway: { rateLimit: { rate: '98r/s' } } }));
    expect(made.read('/etc/nginx/conf.d/openfaas.conf')).toBe(before);
    made.program('nginx', '');
    expect(run(made, applyScript()).calls).toContain('systemctl reload-or-restart nginx');
  });

  it('puts back settings that sshd refuses', () => {
    const made = node();
    run(made, applyScript());
    made.program('sshd', 'exit 1');
    const result = run(made, applyScript({ ...config, nodes: { 'node-1': { sshPort: 2222 } } }));
    expect(result.stderr).toContain('FAILED (system): sshd refuses its configuration; the old one is back');
    expect(() => made.read('/etc/ssh/sshd_config.d/10-fjord.conf')).toThrow();
  });
});

describe('apply.sh stops, with a clear last line, when', () => {
  const faults: [string, (made: FakeNode) => void, string][] = [
    [
      'it is not root',
      (made) => made.program('id', 'echo 1000'),
      'FAILED (preflight): it needs to be root: run it by sudo',
    ],
    [
      'the machine runs something else',
      (made) =>
        made.write('/etc/os-release', 'NAME="Ubuntu"\nVERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\n'),
      'FAILED (preflight): this is ubuntu-24.04, and the script is for debian-12',
    ],
    [
      'the machine has another processor',
      (made) => made.program('dpkg', 'echo arm64'),
      'FAILED (preflight): this processor is another one than amd64',
    ],
    [
      'it is of another node',
      (made) => made.write('/etc/rancher/k3s/config.yaml', 'node-name: "node-2"\n'),
      'FAILED (preflight): this is node-2, and the script is for node-1',
    ],
    [
      'it runs already',
      (made) => made.program('flock', 'exit 1'),
      'FAILED (preflight): another run is under way',
    ],
    ['a download fails', (made) => made.program('curl', 'exit 22'), 'FAILED (K3s): cannot download https://'],
    [
      'a hash is wrong',
      (made) => {
        made.sha256 = 'b'.repeat(64);
      },
      `FAILED (K3s): k3s has SHA-256 ${'b'.repeat(64)}, expected ${sha256}`,
    ],
    [
      'a port is taken',
      (made) =>
        made.program('ss', `case "$*" in *:443*) echo 'LISTEN users:(("apache2",pid=1,fd=4))';; esac`),
      'FAILED (preflight): port 443 is taken by apache2',
    ],
    [
      'there is too little memory',
      (made) => made.program('awk', 'echo 900'),
      'FAILED (preflight): 900 MiB of memory',
    ],
    [
      'there is too little room',
      (made) => made.program('df', 'printf "Avail\\n 100\\n"'),
      'FAILED (preflight): 100 MiB free below /var/lib',
    ],
    ['a sysctl is refused', (made) => made.program('sysctl', 'exit 1'), 'FAILED (system): line '],
  ];
  it.each(faults)('%s', (_, break_, message) => {
    const made = node();
    break_(made);
    const result = run(made, applyScript());
    expect(result.status).toBe(1);
    expect(result.stderr.trim().split('\n').at(-1)).toContain(`fjord: ${message}`);
  });

  it('the disk is slower than the config allows', () => {
    const made = node(undefined, true);
    const result = run(
      made,
      applyScript({ ...config, nodes: { 'node-1': { fsyncLimit: '1ms' } } }).replaceAll(
        'os.fdatasync(disk)',
        'time.sleep(0.005)',
      ),
    );
    expect(result.status).toBe(1);
    expect(result.stderr).toContain('the limit is 1 ms');
  });

  it('a package cannot be installed, after three tries', () => {
    const made = node();
    made.program('dpkg-query', 'case $4 in nginx) exit 1;; *) printf installed;; esac');
    made.program('apt-get', 'case "$*" in *update*) exit 100;; esac');
    const result = run(made, applyScript());
    expect(result.stderr).toContain(
      'FAILED (packages): cannot install nginx: what apt-get says of it is above',
    );
    expect(result.calls.filter((call) => /^apt-get .* update$/.test(call))).toHaveLength(3);
    expect(result.stdout).not.toContain('fjord: wrote');
  });
});

it.each(Object.entries(cases))('here-documents of case %s hold what verification reads', (_, platform) => {
  const { artifacts } = compileConfig(platform, 'platform.config.ts');
  for (const { kind, path, text } of artifacts) {
    if (kind !== 'script' || !path.endsWith('apply.sh')) continue;
    const { files, problems } = readApplyScript(text);
    expect(problems).toEqual([]);
    expect(files.size).toBeGreaterThan(2);
  }
});

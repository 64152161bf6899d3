import { chmodSync, lstatSync, readlinkSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compileConfig } from '../../../src/compile.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { readApplyScript } from '../../../src/verify/read/apply-script.ts';
import { cases } from '../../cases/index.ts';
import { smallest } from '../../cases/smallest.ts';
import { FakeNode } from './fake-node.ts';

const sha256 = 'a'.repeat(64);
const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
const config: PlatformConfig = {
  ...smallest,
  k3s: {
    binarySha256: { amd64: sha256 },
    installer: { url: 'https://mirror.example.no/install.sh', sha256 },
  },
};

function applyScript(of: PlatformConfig = config, configName = 'platform.config.ts'): string {
  const { artifacts } = compileConfig(of, configName);
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
  if (!disk) {
    made.write('/var/lib/fjord/fsync', 'measured before\n');
    made.write('/var/lib/fjord/fsync-for', `${version} /dev/vda1 1234\n`);
  }
  made.program('findmnt', 'echo /dev/vda1 1234');
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
    expect(readlinkSync(join(made.root, '/etc/fjord/resolv.conf'))).toBe(join(made.root, '/etc/resolv.conf'));
    expect(result.calls.filter((call) => call.includes('coredns'))).toEqual([]);
    expect(made.read('/var/lib/fjord/fsync')).toMatch(/^99 of 100 writes are on disk within [\d.]+ ms, /);
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

it('apply.sh has no option but --dry-run', () => {
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

describe('apply.sh on a running node', () => {
  it('restarts K3s when its configuration changed, and only then', () => {
    const made = node();
    run(made, applyScript());
    const other = applyScript({ ...config, k3s: { ...config.k3s, kubeconfigMode: '0640' } });
    const result = run(made, other);
    expect(result.calls).toContain('systemctl restart --no-block k3s');
    expect(result.calls.some((call) => call.startsWith('sh '))).toBe(false);
  });

  it.each([
    ['another name of the config file', applyScript(config, 'functions.config.json')],
    ['other comments', applyScript().replaceAll(/^(# Generated by .*)$/gm, '$1\n# In other words.')],
  ])('keeps its files and restarts nothing for %s', (_, other) => {
    const made = node();
    run(made, applyScript());
    made.program('k3s', 'case "$*" in *"get secret"*) exit 0;; esac');
    expect(run(made, other, '--dry-run').stdout).toContain('fjord: no file would change\n');
    const result = run(made, other);
    expect(result.stdout).toContain('fjord: done: nothing to change\n');
    expect(result.calls.filter((call) => /restart|reload/.test(call))).toEqual([]);
  });

  it('overwrites a file that somebody has edited, even if the meaning is the same', () => {
    const made = node();
    run(made, applyScript());
    const path = '/etc/rancher/k3s/config.yaml';
    made.write(path, `${made.read(path)}debug: true\n`);
    const result = run(made, applyScript(config, 'functions.config.json'));
    expect(result.stdout).toContain(`fjord: done: wrote ${path}`);
    expect(made.read(path)).not.toContain('debug');
    expect(result.calls).toContain('systemctl restart --no-block k3s');
  });

  it('refuses the script of another platform before it changes anything, unless the new name was confirmed', () => {
    const made = node();
    run(made, applyScript());
    expect(made.read('/var/lib/fjord/platform')).toBe('functions\n');
    const staging = applyScript({ ...config, name: 'staging', kernel: { sysctl: { 'vm.swappiness': 9 } } });
    for (const flags of [[], ['--dry-run']]) {
      const result = run(made, staging, ...flags);
      expect(result.status).toBe(1);
      expect(result.stderr).toBe(
        'fjord: FAILED (preflight): this machine belongs to the platform functions, but the script is for staging; if that is its new name: echo staging >/var/lib/fjord/platform\n',
      );
      expect(result.calls.filter((call) => /^(systemctl|sysctl|apt-get|curl)/.test(call))).toEqual([]);
    }
    made.write('/var/lib/fjord/platform', 'staging\n');
    expect(run(made, staging).stdout).toContain('fjord: done: wrote /etc/sysctl.d/99-serverless.conf');
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
    expect(result.stderr).toContain(
      `FAILED (preflight): K3s ${from} can be upgraded by one minor version at a time`,
    );
    expect(result.stdout).not.toContain('fjord: wrote');
  });

  it('installs missing packages, and retries if necessary', () => {
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

  it('mends what a killed apt left half done before each try, and installs also if that is refused', () => {
    const made = node();
    made.program(
      'dpkg-query',
      `[ "$4" != certbot ] || [ -e ${made.root}/certbot ] || exit 1; printf installed`,
    );
    made.program('dpkg', 'case $1 in --print-architecture) echo amd64;; *) exit 2;; esac');
    made.program(
      'apt-get',
      `case "$*" in *install*) [ -e ${made.root}/tried ] || { touch ${made.root}/tried; exit 100; }; touch ${made.root}/certbot;; esac`,
    );
    const { stdout, calls } = run(made, applyScript());
    expect(stdout).toMatch(/^fjord: done: installed certbot, wrote /m);
    const tries = calls.flatMap((call) => /(--configure -a|update|install) ?[a-z]*$/.exec(call)?.[1] ?? []);
    expect(tries).toEqual(['update', '--configure -a', 'install', 'update', '--configure -a', 'install']);
  });

  it('gives up on a lock of the lists that is never given back', async () => {
    const made = node();
    made.program('dpkg-query', '[ "$4" != certbot ] || exit 1; printf installed');
    made.write('/var/lib/apt/lists/lock', '');
    made.program('python3', 'exit 1');
    const result = run(made, applyScript().replace("wait_for 300 'another apt", "wait_for 2 'another apt"));
    expect(result.stderr).toContain(
      'FAILED (packages): timed out after 2 s waiting for another apt, which has locked /var/lib/apt/lists\n',
    );
    expect(result.calls.filter((call) => call.startsWith('apt-get'))).toEqual([]);
  });

  it('says which packages it would install', () => {
    const made = node();
    made.program('dpkg-query', '[ "$4" != certbot ] || exit 1; printf installed');
    const result = run(made, applyScript(), '--dry-run');
    expect(result.stdout).toContain('fjord: would install certbot\n');
    expect(result.calls.filter((call) => call.startsWith('apt-get'))).toEqual([]);
  });

  it('finishes a run that failed before all changes were applied', () => {
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
      'fjord: changed by a failed run, but not applied yet: /etc/sysctl.d/99-serverless.conf /etc/rancher/k3s/config.yaml\n',
    );
    expect(result.calls).toContain('systemctl restart --no-block k3s');
    made.program('k3s', 'case "$*" in *"get secret"*) exit 0;; esac');
    expect(run(made, other).stdout).toContain('fjord: done: nothing to change\n');
  });

  it("downloads K3s' images once per version, and checks them", () => {
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

  it('runs the installer and restarts K3s after an interrupted run', () => {
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

  it.each([
    [
      'says before it changes anything that there is too little room for copies of its database',
      60,
      100,
      /^fjord: backups can grow by 4\d\d MiB, but \/var\/lib has 100 free: /m,
    ],
    ['says nothing of copies that have room', 60, 500, undefined],
  ])('%s', (_, database, free, said) => {
    const made = node();
    const copied = applyScript({ ...config, backups: { recipients: [recipient], keep: 7 } });
    run(made, copied);
    made.program('df', `case "$*" in *=size*) echo 50000;; *) printf 'Avail\\n ${free}\\n';; esac`);
    made.write('/var/lib/fjord/backups/of-before.age', 'x'.repeat(20 * 1024 ** 2));
    made.write('/var/lib/rancher/k3s/server/db/state.db', 'x'.repeat(database * 1024 ** 2));
    const { status, stdout } = run(made, copied);
    expect(status).toBe(0);
    if (said === undefined) return expect(stdout).not.toContain('backups can grow');
    expect(stdout).toMatch(said);
    expect(stdout.indexOf('backups can grow')).toBeLessThan(stdout.indexOf('fjord: files'));
  });

  it('refuses a new machine without room for copies, and counts them', () => {
    const made = node();
    made.program('df', 'printf "Avail\\n 5000\\n"');
    const { status, stderr } = run(
      made,
      applyScript({ ...config, backups: { recipients: [recipient], keep: 30 } }),
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /5000 MiB free in \/var\/lib, but \d+ are needed, \d+ of them for logs, 496 for backups$/m,
    );
  });

  it('copies the server before it replaces K3s, and stops if it cannot', () => {
    const backups = { recipients: [recipient] };
    const withCopies = { ...config, backups };
    const made = node('v1.35.9+k3s1');
    const old = applyScript({ ...withCopies, k3s: { ...config.k3s, version: 'v1.35.9+k3s1' } });
    // What is written there is what the test has put there.
    const runWith = (script: string) =>
      run(made, script.replaceAll('/usr/local/sbin/fjord-backup --local', 'copy-of-this'));
    made.program('copy-of-this', 'exit 1');
    expect(runWith(old).stdout).toContain('fjord: done:');
    made.write('/var/lib/rancher/k3s/server/db/state.db', '');
    const failed = runWith(applyScript(withCopies));
    expect(failed.stderr).toContain(
      'fjord: FAILED (backup): no copy could be made before K3s v1.36.5+k3s1; K3s v1.35.9+k3s1 goes on',
    );
    expect(failed.calls.filter((call) => /^(curl|sh) /.test(call))).toEqual([]);
    made.program('copy-of-this', '');
    const done = runWith(applyScript(withCopies));
    expect(done.stdout).toMatch(/^fjord: done: .*made a copy before K3s v1\.36\.5\+k3s1, installed K3s/m);
    const order = done.calls.map((call) => call.split(' ', 1).join());
    expect(order.indexOf('copy-of-this')).toBeLessThan(order.indexOf('curl'));
    expect(done.calls).toContain('systemctl enable --quiet fjord-backup.timer');
  });

  it('says last whose alerts cannot be sent yet, and stops at one that would go elsewhere', () => {
    const alerts = {
      to: { phone: { kind: 'ntfy', host: 'ntfy.example.no' } },
      deadMansSwitch: { host: 'hc.example.no' },
    } as const;
    // What is written there is what the test has put there.
    const script = applyScript({ ...config, alerts }).replace('(/usr/local/sbin/fjord-watch', '(watch');
    const made = node();
    made.program('watch', "printf 'a is missing\\nb is missing\\n'");
    const missing = run(made, script);
    expect(missing.status).toBe(0);
    expect(missing.stdout).toMatch(
      /^fjord: done: .*some alerts cannot be sent: a is missing; b is missing$/m,
    );
    expect(missing.calls).toContain('systemctl enable --quiet fjord-watch.timer');
    expect(missing.calls).toContain('systemctl restart fjord-watch.timer');
    made.program('watch', 'echo a is WRONG; exit 1');
    expect(run(made, script).stderr).toContain('fjord: FAILED (alerts): a is WRONG');
    made.program('watch', '');
    expect(run(made, script).stdout).toMatch(/^fjord: done: (?!.*cannot be sent)/m);
  });

  it('waits for a backup with nothing started, where one is wanted', () => {
    const backups = { recipients: [recipient] };
    const made = node();
    made.write('/var/lib/fjord/restore/wanted', '');
    const { status, stdout, calls } = run(made, applyScript({ ...config, backups }));
    expect(status).toBe(0);
    expect(stdout.trim().split('\n').at(-1)).toBe(
      'fjord: waiting, with nothing started: copy the backup to /var/lib/fjord/restore/backup.age, then run fjord-restore with the private key',
    );
    expect(calls.filter((call) => /^systemctl .*(nginx|k3s|cert|backup)/.test(call))).toEqual([
      'systemctl disable --quiet --now nginx',
    ]);
    expect(calls.filter((call) => /^(curl|sh) /.test(call))).toEqual([]);
  });

  describe('with a login at a registry', () => {
    const login = '/etc/fjord/registries/registry.example.no:5000';
    const registries = {
      configs: { 'registry.example.no:5000': { auth: 'file', ca: '/etc/fjord/ca.pem' } },
    } as const;
    const script = applyScript({ ...config, k3s: { ...config.k3s, registries } });
    const k3sFile = '/etc/rancher/k3s/registries.yaml';
    const given = (text = 'robot:p&ss\\word/1\n', mode = 0o600) => {
      const made = node();
      made.write(login, text);
      chmodSync(join(made.root, login), mode);
      return made;
    };

    it.each([
      ['without its file', () => node()],
      ['with a file that others read', () => given(undefined, 0o644)],
      ['with a file without a password', () => given('robot\n')],
    ])('stops %s before it changes anything, and says what to do', (_, made) => {
      const on = made();
      const result = run(on, script);
      expect(result.status).toBe(1);
      expect(result.stderr).toBe(
        `fjord: FAILED (preflight): ${login} must have USER:PASSWORD for the registry, and be root's with mode 0600: write it, or use fjord user-data node-1\n`,
      );
      expect(() => on.read('/etc/rancher/k3s/config.yaml')).toThrow();
    });

    it("puts it into K3s' file alone, shows it nowhere, and restarts K3s when it changes", () => {
      const made = given();
      const first = run(made, script);
      expect(first.stdout.trim().split('\n').at(-1)).toMatch(/^fjord: done: .*restarted K3s/);
      expect(first.stdout).toContain('fjord: /etc/fjord/ca.pem is missing, and only you have it\n');
      const { configs } = parse(made.read(k3sFile));
      const { auth, tls } = configs['registry.example.no:5000'];
      expect(Buffer.from(auth.auth, 'base64').toString()).toBe('robot:p&ss\\word/1');
      expect(tls.ca_file.replace(made.root, '')).toBe('/etc/fjord/ca.pem');
      expect(statSync(join(made.root, k3sFile)).mode & 0o777).toBe(0o600);

      made.program('k3s', 'case "$*" in *"get secret"*) exit 0;; esac');
      made.write('/etc/fjord/ca.pem', 'a certificate\n');
      expect(run(made, script).stdout.trim().split('\n').at(-1)).toBe('fjord: done: nothing to change');

      made.write(login, 'robot:another\n');
      const dry = run(made, script, '--dry-run');
      expect(dry.stdout).toContain(`fjord: would write ${k3sFile}\n`);
      const again = run(made, script);
      expect(again.calls).toContain('systemctl restart --no-block k3s');
      expect(made.read(k3sFile)).toContain(Buffer.from('robot:another').toString('base64'));
      const secret = new RegExp(['robot', ...[auth.auth, 'cm9ib3Q6YW5vdGhlcg']].join('|'));
      for (const { stdout, stderr, calls } of [first, dry, again]) {
        expect([stdout, stderr, ...calls].join('\n')).not.toMatch(secret);
      }

      const without = run(made, applyScript());
      expect(without.stdout).toContain(`fjord: removed ${k3sFile}\n`);
      expect(without.calls).toContain('systemctl restart --no-block k3s');
    });
  });

  it('removes files that are no longer in the config', () => {
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

  it("moves the packet filter from the OS' unit to ours, which is enabled and loaded first", () => {
    const made = node();
    made.write('/etc/nftables.conf', 'of an older version');
    made.write('/var/lib/fjord/files', ` ${made.root}/etc/nftables.conf \n`);
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
    const loaded = calls.indexOf('systemctl reload-or-restart fjord-firewall');
    expect(
      calls.findIndex((call) => /^(modprobe|sysctl|timedatectl|nginx|sshd) /.test(call)),
    ).toBeGreaterThan(loaded);
    expect(calls.filter((call) => /systemctl .*(firewall|nftables)/.test(call))).toEqual([
      'systemctl enable --quiet fjord-firewall',
      'systemctl reload-or-restart fjord-firewall',
      'systemctl mask --quiet nftables',
    ]);
  });

  it('restores the old conf if nginx refuses the new one', () => {
    const made = node();
    run(made, applyScript());
    const before = made.read('/etc/nginx/conf.d/openfaas.conf');
    made.program('nginx', 'exit 1');
    const result = run(made, applyScript({ ...config, gateway: { rateLimit: { rate: '99r/s' } } }));
    expect(result.status).toBe(1);
    expect(result.stderr).toContain('FAILED (nginx): nginx refuses its configuration; the old one is back');
    expect(made.read('/etc/nginx/conf.d/openfaas.conf')).toBe(before);
    // Also when it is refused once more, and when it is taken in the end.
    run(made, applyScript({ ...config, gateway: { rateLimit: { rate: '98r/s' } } }));
    expect(made.read('/etc/nginx/conf.d/openfaas.conf')).toBe(before);
    made.program('nginx', '');
    expect(run(made, applyScript()).calls).toContain('systemctl reload-or-restart nginx');
  });

  it('restores the old settings if sshd refuses the new ones', () => {
    const made = node();
    run(made, applyScript());
    made.program('sshd', 'exit 1');
    const result = run(made, applyScript({ ...config, nodes: { 'node-1': { sshPort: 2222 } } }));
    expect(result.stderr).toContain('FAILED (system): sshd refuses its configuration; the old one is back');
    expect(() => made.read('/etc/ssh/sshd_config.d/10-fjord.conf')).toThrow();
  });
});

describe('the card of several nodes', () => {
  const several: PlatformConfig = {
    ...config,
    nodes: {
      'node-1': { role: 'server', address: '10.0.0.2', memory: '4Gi', cpus: 1 },
      'node-2': { role: 'agent', address: '10.0.0.3', memory: '4Gi', cpus: 1 },
    },
  };
  const flannel = '/etc/rancher/k3s/config.yaml.d/flannel.yaml';
  const on = (made: FakeNode, of: PlatformConfig) => {
    for (const kind of ['server', 'agent']) made.write(`/etc/rancher/k3s/${kind}-token`, 'K10x::y\n');
    return run(made, applyScript(of).replace('wait_for 30 ', 'wait_for 1 '));
  };

  it('that has the address is the one for flannel', () => {
    const made = node();
    expect(on(made, several).stdout).toContain(`wrote ${flannel}`);
    expect(made.read(flannel)).toBe('flannel-iface: ens7\n');
    made.program('ip', "echo '2: ens10    inet 10.0.0.2/24 scope global ens10'");
    expect(on(made, several).calls).toContain('systemctl restart --no-block k3s');
    expect(made.read(flannel)).toBe('flannel-iface: ens10\n');
  });

  it('has to be there, and to be the one of the config', () => {
    const made = node();
    made.program('ip', '');
    expect(on(made, several).stderr).toMatch(
      /FAILED \(preflight\): timed out after 1 s waiting for a card that has nodes\.node-1\.address$/m,
    );
    made.program('ip', "echo '2: ens10    inet 10.0.0.2/24 scope global ens10'");
    const written = { ...several.nodes['node-1'], interface: 'ens7' };
    const other = { ...several, nodes: { ...several.nodes, 'node-1': written } };
    expect(on(made, other).stderr).toContain(
      'FAILED (preflight): nodes.node-1.address is on ens10, so write interface: ens10',
    );
    expect(() => made.read(flannel)).toThrow();
  });

  it('is not asked for on an only node', () => expect(applyScript()).not.toContain('flannel.yaml'));
});

describe('cards whose routes come from router advertisements', () => {
  const dual: PlatformConfig = {
    ...config,
    k3s: { ...config.k3s, ipv6: { clusterCidr: 'fd00:42::/56', serviceCidr: 'fd00:43::/112' } },
  };
  const file = '/etc/systemd/system/k3s.service.d/ra.conf';
  const dropIn = (card: string) => `[Service]\nExecStartPre=-sysctl net.ipv6.conf.${card}.accept_ra=2\n`;
  /** The default route of IPv6 leads by ens7; ens8 has an address by an advertisement. */
  const listening = (ens7: number, ens8 = 0) => {
    const made = node();
    const route =
      "*'route show'*) echo 'default via fe80::1 dev ens7 metric 1024 expires 1780sec pref medium';;";
    const address = "*dynamic) echo '4: ens8    inet6 2001:db8:8::8/64 scope global dynamic mngtmpaddr';;";
    made.program('ip', `case "$*" in ${route} ${address} esac`);
    const values = `*-n*ens7*) cat "$0.ens7" 2>/dev/null || echo ${ens7};; *-n*ens8*) echo ${ens8};;`;
    const set = '*/ens7/*=2) echo 2 >"$0.ens7"; echo "net.ipv6.conf.ens7.accept_ra = 2";;';
    made.program(
      'sysctl',
      `case "$*" in ${values} ${set} */ens8/*=2) echo "net.ipv6.conf.ens8.accept_ra = 2";; esac`,
    );
    return made;
  };

  it('listen on when forwarding is on, and a second run changes nothing', () => {
    const made = listening(1);
    const first = run(made, applyScript(dual));
    expect([first.stderr, first.status]).toEqual(['', 0]);
    expect(made.read(file)).toBe(dropIn('ens7'));
    const set = first.calls.indexOf('sysctl net/ipv6/conf/ens7/accept_ra=2');
    // A value of the config for the card is in force before.
    expect(set).toBeGreaterThan(
      first.calls.indexOf('sysctl --quiet --load=/etc/sysctl.d/99-serverless.conf'),
    );
    expect(set).toBeLessThan(first.calls.indexOf('systemctl restart --no-block k3s'));
    made.program('k3s', 'case "$*" in *"get secret"*) exit 0;; esac');
    expect(run(made, applyScript(dual)).stdout).toContain('done: nothing to change');
    expect(made.read(file)).toBe(dropIn('ens7'));
  });

  it('are those with such an address too, where the route is already lost', () => {
    const made = listening(1, 1);
    run(made, applyScript(dual));
    expect(made.read(file)).toBe(`${dropIn('ens7')}${dropIn('ens8')}`);
  });

  it.each<[string, number, PlatformConfig]>([
    ['with systemd-networkd, which listens itself', 0, dual],
    ['with ifupdown, which has set it', 2, dual],
    ['in a cluster without IPv6', 1, config],
  ])('are left alone %s', (_, value, of) => {
    const made = listening(value);
    const { status, calls } = run(made, applyScript(of));
    expect(status).toBe(0);
    expect(() => made.read(file)).toThrow();
    expect(calls.filter((call) => call.includes('accept_ra=2'))).toEqual([]);
  });
});

describe('a kernel without IPv6', () => {
  const off = (): FakeNode => {
    const made = node();
    rmSync(join(made.root, '/proc/net/if_inet6'));
    return made;
  };
  const without: PlatformConfig = { ...config, gateway: { ipv6: false } };

  it('stops the script before it changes anything, and the script says what to write', () => {
    for (const flags of [[], ['--dry-run']]) {
      const { stdout, stderr, calls } = run(off(), applyScript(), ...flags);
      expect(stderr).toBe(
        'fjord: FAILED (preflight): IPv6 is switched off in this kernel (ipv6.disable=1), but nginx listens on it: switch it on, or write gateway.ipv6: false\n',
      );
      expect(stdout).not.toMatch(/wrote|installed/);
      expect(calls.filter((call) => /^(systemctl|sysctl|apt-get|curl)/.test(call))).toEqual([]);
    }
  });

  it('stops the script of a dual-stack cluster with or without nginx', () => {
    const k3s = { ...config.k3s, ipv6: { clusterCidr: 'fd00:42::/56', serviceCidr: 'fd00:43::/112' } };
    for (const nginx of [true, false]) {
      const two: PlatformConfig = {
        ...config,
        k3s,
        nodes: {
          'node-1': { role: 'server', address: '192.0.2.1', address6: '2001:db8::1', nginx },
          'node-2': { role: 'agent', address: '192.0.2.2', address6: '2001:db8::2', nginx: true },
        },
      };
      const made = off();
      made.write('/etc/rancher/k3s/agent-token', 'a token');
      expect(run(made, applyScript(two)).stderr).toBe(
        'fjord: FAILED (preflight): IPv6 is switched off in this kernel (ipv6.disable=1), but k3s.ipv6 needs it\n',
      );
    }
  });

  it('is fine for a platform that does without, whose nginx gets no site of the package', () => {
    const made = off();
    made.program('dpkg-query', `[ "$4" != nginx ] || [ -e ${made.root}/nginx ] || exit 1; printf installed`);
    // As the package does it, whose site listens on IPv6 and whose installation fails if nginx does not start.
    made.program(
      'apt-get',
      `case "$*" in *install*) [ -e ${made.root}/etc/nginx/sites-enabled/default ] || exit 100; touch ${made.root}/nginx;; esac`,
    );
    const result = run(made, applyScript(without));
    expect(result.stderr).toBe('');
    expect(result.stdout).toMatch(/^fjord: done: installed nginx, wrote /m);
    expect(made.read('/etc/nginx/conf.d/openfaas.conf')).not.toContain('[::');
    expect(made.read('/etc/nginx/conf.d/openfaas.conf')).toContain('listen 443 ssl http2;');
  });
});

describe('the time that the disk takes to keep a write', () => {
  /** Not a thousand times: what is measured is tried once above. */
  const quick = (script: string) => script.replace('len(took) < 1000', 'len(took) < 3');
  const measures = (made: FakeNode, script = applyScript()) =>
    run(made, quick(script)).stdout.includes('fjord: disk: 99 of 100 writes');
  const slow = (script: string) => quick(script).replaceAll('os.fdatasync(disk)', 'time.sleep(0.2)');
  const limited = (version = 'v1.36.5+k3s1') =>
    applyScript({
      ...config,
      k3s: { ...config.k3s, version },
      nodes: { 'node-1': { fsyncLimit: '100ms' } },
    });

  it('is measured again with another K3s, another disk, and after a month', () => {
    const made = node('v1.35.9+k3s1', true);
    const older = applyScript({ ...config, k3s: { ...config.k3s, version: 'v1.35.9+k3s1' } });
    expect(measures(made, older)).toBe(true);
    expect(measures(made, older)).toBe(false);
    expect(measures(made)).toBe(true);
    expect(measures(made)).toBe(false);
    made.program('findmnt', 'echo /dev/vdb1 5678');
    expect(measures(made)).toBe(true);
    expect(measures(made)).toBe(false);
    const days = (count: number) => Date.now() / 1000 - count * 86_400;
    const fsync = join(made.root, '/var/lib/fjord/fsync');
    utimesSync(fsync, days(29), days(29));
    expect(measures(made)).toBe(false);
    utimesSync(fsync, days(32), days(32));
    expect(measures(made)).toBe(true);
    expect(measures(made)).toBe(false);
  });

  it('is never measured in a dry run', () => {
    const made = node(undefined, true);
    expect(run(made, applyScript(), '--dry-run').stdout).not.toContain('disk:');
  });

  it('over the limit refuses a new machine', () => {
    const made = node(undefined, true);
    for (const _ of [1, 2]) {
      const { status, stderr } = run(made, slow(limited()));
      expect(status).toBe(1);
      expect(stderr).toMatch(/FAILED \(preflight\): the disk: 99 of 100 .*; the limit is 100 ms$/m);
    }
  });

  it('over the limit is reported at each run of a machine that has K3s, and keeps nothing from it', () => {
    const made = node('v1.35.9+k3s1');
    run(made, limited('v1.35.9+k3s1'));
    for (const _ of [1, 2]) {
      const { status, stdout, stderr } = run(made, slow(limited()));
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toContain(
        'fjord: the disk is slower than nodes.node-1.fsyncLimit, 100 ms; K3s runs, so this goes on\n',
      );
    }
    expect(run(made, quick(limited()).replace('os.fdatasync(disk)', '0')).stdout).not.toContain('slower');
  });

  it('that cannot be measured stops a machine that has K3s too', () => {
    const made = node('v1.35.9+k3s1');
    run(made, limited('v1.35.9+k3s1'));
    const full = limited().replace('os.write(disk', 'raise OSError(28, "No space left") #');
    expect(run(made, full).stderr).toContain('FAILED (preflight): the disk: ');
  });
});

describe("pods' DNS servers", () => {
  const place = '/etc/fjord/resolv.conf';
  const stub = 'nameserver 127.0.0.53\noptions edns0 trust-ad\n';
  const found = '/run/systemd/resolve/resolv.conf';
  const linked = (made: FakeNode) => readlinkSync(join(made.root, place)).replace(made.root, '');

  it.each([
    ['/etc/resolv.conf', 'nameserver 192.0.2.53\n', 'nameserver 198.51.100.53\n'],
    ['/etc/resolv.conf', 'nameserver\t169.254.169.253 \nnameserver fe80::1%eth0\n', undefined],
    [found, stub, 'nameserver 198.51.100.53\nnameserver 2001:db8::53\n'],
    [found, '', 'nameserver 198.51.100.53\n'],
    [found, undefined, 'nameserver 198.51.100.53\n'],
    [found, 'nameserver 192.0.2.53\nnameserver 127.0.0.1\n', 'nameserver 198.51.100.53\n'],
    [found, 'nameserver 2001:db8::53\n', 'nameserver 198.51.100.53\n'],
  ])('are those of %s where /etc/resolv.conf has %j', (chosen, resolv, resolved) => {
    const made = node();
    if (resolv === undefined) rmSync(join(made.root, '/etc/resolv.conf'));
    else made.write('/etc/resolv.conf', resolv);
    if (resolved !== undefined) made.write(found, resolved);
    const result = run(made, applyScript());
    expect(result.stderr).toBe('');
    expect(linked(made)).toBe(chosen);
    expect(result.stdout).toContain(`fjord: linked ${place} to ${chosen}\n`);
    expect(made.read('/etc/rancher/k3s/config.yaml')).toContain(`resolv-conf: ${made.root}${place}\n`);
  });

  it.each([
    ['systemd-resolved that knows none', stub, '# No DNS servers known.\n'],
    ['an unbound of the machine alone', 'nameserver 127.0.0.1\nnameserver ::1\n', undefined],
    ['none', 'search example.no\n', undefined],
    ['only such with IPv6, which pods do not have', 'nameserver 2001:db8::53\n', undefined],
  ])('stop the script before it changes anything if the machine has %s', (_, resolv, resolved) => {
    const made = node();
    made.write('/etc/resolv.conf', resolv);
    if (resolved !== undefined) made.write(found, resolved);
    for (const flags of [[], ['--dry-run']]) {
      const result = run(made, applyScript(), ...flags);
      expect(result.stderr).toBe(
        'fjord: FAILED (preflight): this machine has no DNS server that pods can reach: see /etc/resolv.conf, or write k3s.resolvers\n',
      );
      expect(result.stdout).not.toContain('wrote');
    }
  });

  it('that sovereignty refuses stop it too, by name', () => {
    const here: PlatformConfig = {
      ...config,
      nodes: { 'node-1': { provider: 'coolvds', country: 'NO' } },
      sovereignty: { countries: ['NO'] },
    };
    const made = node();
    made.write('/etc/resolv.conf', 'nameserver 8.8.8.8\nnameserver 192.0.2.53\nnameserver 1.1.1.1\n');
    const { stderr, calls } = run(made, applyScript(here));
    expect(stderr).toBe(
      'fjord: FAILED (preflight): /etc/resolv.conf has DNS servers whose owner sovereignty refuses (1.1.1.1, 8.8.8.8): write k3s.resolvers\n',
    );
    expect(calls.filter((call) => /^(systemctl|curl|apt-get)/.test(call))).toEqual([]);
    expect(run(made, applyScript({ ...here, sovereignty: undefined } as PlatformConfig)).stderr).toBe('');
    made.write('/etc/resolv.conf', 'nameserver 9.9.9.9\n');
    expect(run(made, applyScript(here)).stderr).toBe('');
  });

  it('of the config are a file, whatever the machine has; and pods that run get them', () => {
    const made = node();
    run(made, applyScript());
    made.program('k3s', 'case "$*" in *"get secret"*) exit 0;; esac');
    made.write('/etc/resolv.conf', 'nameserver 127.0.0.1\n');
    const own = applyScript({ ...config, k3s: { ...config.k3s, resolvers: ['192.0.2.1', '192.0.2.2'] } });
    const result = run(made, own);
    expect(result.stdout).toContain(`fjord: done: wrote ${place}, restarted CoreDNS\n`);
    expect(lstatSync(join(made.root, place)).isSymbolicLink()).toBe(false);
    expect(made.read(place)).toMatch(/^# Generated .*\nnameserver 192\.0\.2\.1\nnameserver 192\.0\.2\.2\n$/);
    expect(made.read('/etc/resolv.conf')).toBe('nameserver 127.0.0.1\n');
    expect(result.calls).toContain('k3s kubectl --namespace kube-system rollout restart deployment coredns');
    expect(run(made, own).stdout).toContain('fjord: done: nothing to change\n');

    made.write('/etc/resolv.conf', 'nameserver 192.0.2.53\n');
    expect(run(made, applyScript(), '--dry-run').stdout).toContain(
      `fjord: would link ${place} to /etc/resolv.conf\n`,
    );
    expect(lstatSync(join(made.root, place)).isSymbolicLink()).toBe(false);
    expect(run(made, applyScript()).stdout).toContain(
      `fjord: done: linked ${place} to /etc/resolv.conf, restarted CoreDNS\n`,
    );
    expect(linked(made)).toBe('/etc/resolv.conf');
    expect(run(made, applyScript()).stdout).toContain('fjord: done: nothing to change\n');
  });

  it('follow those of the machine without a run', () => {
    const made = node();
    run(made, applyScript());
    made.write('/etc/resolv.conf', 'nameserver 203.0.113.53\n');
    expect(made.read(place)).toBe('nameserver 203.0.113.53\n');
  });
});

describe('apply.sh stops, with a clear last line, when', () => {
  const faults: [string, (made: FakeNode) => void, string][] = [
    [
      'it is not root',
      (made) => made.program('id', 'echo 1000'),
      'FAILED (preflight): run this script as root, with sudo',
    ],
    [
      'the machine runs something else',
      (made) =>
        made.write('/etc/os-release', 'NAME="Ubuntu"\nVERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\n'),
      'FAILED (preflight): this is ubuntu-24.04, but the script is for debian-12',
    ],
    [
      'the machine has another processor',
      (made) => made.program('dpkg', 'echo arm64'),
      'FAILED (preflight): this processor is not amd64',
    ],
    [
      'it is of another node',
      (made) => made.write('/etc/rancher/k3s/config.yaml', 'node-name: "node-2"\n'),
      'FAILED (preflight): this is node-2, but the script is for node-1',
    ],
    [
      'it runs already',
      (made) => made.program('flock', 'exit 1'),
      'FAILED (preflight): another run is in progress',
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
      'FAILED (preflight): 100 MiB free in /var/lib',
    ],
    [
      'a file cannot be put in place, which a function does',
      (made) => made.program('install', 'exit 1'),
      'FAILED (files): line ',
    ],
    [
      'the admin password cannot be kept, which a pipe does',
      (made) => made.program('k3s', 'case "$*" in *"get secret"*|*create*) exit 1;; esac'),
      'FAILED (admin password): line ',
    ],
    ['a sysctl is refused', (made) => made.program('sysctl', 'exit 1'), 'FAILED (system): line '],
    [
      'another packet filter drops too',
      (made) =>
        made.program(
          'nft',
          "printf 'table ip filter {\\n\\tchain INPUT {\\n\\t\\ttype filter hook input priority 0; policy drop;\\n\\t}\\n}\\n'",
        ),
      'FAILED (firewall): another filter drops too: systemctl disable ufw',
    ],
    [
      'K3s does not start',
      (made) => {
        made.program('journalctl', 'echo \'level=fatal msg="no CA"\'');
        made.program('systemctl', `case "$*" in 'is-active --quiet k3s') exit 1;; esac`);
      },
      `FAILED (K3s): timed out after 1 s waiting for the new start of K3s. k3s: level=fatal msg="no CA"`,
    ],
  ];
  it.each(faults)('%s', (_, break_, message) => {
    const made = node();
    break_(made);
    // Fakes do not sleep, so a test would count the seconds.
    const result = run(made, applyScript().replace('wait_for 600', 'wait_for 1'));
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
      'FAILED (packages): cannot install nginx: see the messages of apt-get above',
    );
    expect(result.calls.filter((call) => /^apt-get .* update$/.test(call))).toHaveLength(3);
    expect(result.stdout).not.toContain('fjord: wrote');
  });
});

it.each(Object.entries(cases))('here-documents of case %s contain what verification reads', (_, platform) => {
  const { artifacts } = compileConfig(platform, 'platform.config.ts');
  for (const { kind, path, text } of artifacts) {
    if (kind !== 'script' || !path.endsWith('apply.sh')) continue;
    const { files, problems } = readApplyScript(text);
    expect(problems).toEqual([]);
    expect(files.size).toBeGreaterThan(2);
  }
});

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { readApplyScript } from '../../../src/verify/read/apply-script.ts';
import { everyOption } from '../../cases/every-option.ts';
import { smallest } from '../../cases/smallest.ts';
import { FakeNode } from './fake-node.ts';

const sha256 = 'a'.repeat(64);
const k3s = { binarySha256: { amd64: sha256 } };
const installer = { url: 'https://mirror.example.no/install.sh', sha256 };
const { backups } = everyOption;
const twoNodes = (nginx: boolean): PlatformConfig['nodes'] => ({
  'a-1': { role: 'server', address: '192.0.2.1', memory: '8Gi', nginx },
  'a-2': { role: 'agent', address: '192.0.2.2', memory: '4Gi', nginx: true },
});
const certificateFiles = { certificate: '/etc/ssl/a.pem', key: '/etc/ssl/a.key' };

/** Everything that a node may have, and nothing that it can be without. */
const much: PlatformConfig = {
  ...smallest,
  nodes: twoNodes(true),
  ...(backups && { backups }),
  gateway: { packages: 'nginx.org-stable', tls: { files: certificateFiles } },
  k3s: {
    ...k3s,
    installer,
    hardening: 'cis',
    resolvers: ['192.0.2.53'],
    registries: { mirrors: { 'docker.io': { endpoints: ['https://mirror.example.no'] } } },
  },
};
const little: PlatformConfig = { ...smallest, nodes: twoNodes(false), k3s: { ...k3s, installer } };

function applyScript(config: PlatformConfig): string {
  const { artifacts, diagnostics } = compileConfig(config, 'platform.config.ts');
  const script = artifacts.find(({ path }) => path === 'nodes/a-1/apply.sh')?.text;
  if (script === undefined) throw new Error(JSON.stringify(diagnostics));
  return script;
}

const before = applyScript(much);
const after = applyScript(little);
const placesOf = (script: string) => [...readApplyScript(script).files.keys()];
// Without servers of the config, a link is in the place of their file.
const gone = placesOf(before).filter(
  (path) => !placesOf(after).includes(path) && path !== '/etc/fjord/resolv.conf',
);
const units = gone.filter((path) => /^\/etc\/systemd\/system\/[^/]+$/.test(path));

/** systemd's own program, on the node's files: it enables, and refuses to disable a unit whose file is gone. */
function node(): FakeNode {
  const made = new FakeNode();
  made.sha256 = sha256;
  const real = `/usr/bin/systemctl --quiet --root='${made.root}'`;
  made.program(
    'systemctl',
    `case "$*" in
      show*) cat "$0.starts" 2>/dev/null || true ;;
      *restart*) echo start >>"$0.starts" ;;
      enable*|disable*) for unit; do case $unit in *.*|fjord-*|openfaas-*) ${real} "$1" "$unit" || exit ;; esac; done ;;
    esac`,
  );
  made.program('awk', 'echo 16384');
  made.program('nproc', 'echo 8');
  made.program('k3s', '');
  const binary = `printf '#!/bin/sh\\necho "k3s version v1.36.5+k3s1 (abc)"\\n' >${made.root}/usr/local/bin/k3s`;
  const unit = `mkdir -p ${made.root}/etc/systemd/system; touch ${made.root}/etc/systemd/system/k3s.service`;
  made.program('sh', `${binary}; chmod +x ${made.root}/usr/local/bin/k3s; ${unit}`);
  made.program('/usr/local/sbin/openfaas-tls', '');
  made.program('gpg', 'echo key');
  made.program(
    'dpkg-query',
    'case "$*" in *Version*) echo "installed 1.30.0-1~bookworm";; *) printf installed;; esac',
  );
  made.program('findmnt', 'echo /dev/vda1 1234');
  made.write('/var/lib/fjord/fsync', 'measured before\n');
  made.write('/var/lib/fjord/fsync-for', 'v1.36.5+k3s1 /dev/vda1 1234\n');
  for (const kind of ['server', 'agent']) made.write(`/etc/rancher/k3s/${kind}-token`, 'a-token-of-ours\n');
  return made;
}

const run = (made: FakeNode, script: string) =>
  made.run(script.replaceAll('/usr/local/sbin/openfaas-tls placeholder', ':'));

describe('what an earlier config put on a node, and this one does not have', () => {
  it('is something of every kind', () => {
    expect(units.map((path) => path.split('/').at(-1)).sort()).toEqual([
      'fjord-backup.service',
      'fjord-backup.timer',
      'fjord-logs.service',
      'fjord-logs.timer',
      'openfaas-cert.path',
      'openfaas-cert.service',
    ]);
    expect(gone.length).toBeGreaterThan(20);
  });

  it('is removed, units are stopped and disabled while systemd still finds them, and nothing is left to do', () => {
    const made = node();
    const enabled = () =>
      ['timers.target.wants', 'multi-user.target.wants']
        .map((folder) => join(made.root, 'etc/systemd/system', folder))
        .flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []));
    expect(run(made, before)).toMatchObject({ status: 0, stderr: '' });
    expect(enabled()).toEqual(expect.arrayContaining(['fjord-backup.timer', 'fjord-logs.timer']));

    const { status, stderr, stdout, calls } = run(made, after);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const path of gone) {
      expect(existsSync(join(made.root, path)), path).toBe(false);
      expect(stdout).toContain(`fjord: removed ${path}\n`);
    }
    for (const unit of units.map((path) => path.split('/').at(-1) ?? '')) {
      expect(calls).toContain(`systemctl disable --quiet --now ${unit}`);
      expect(enabled()).not.toContain(unit);
    }
    made.program('k3s', 'case "$*" in *"get secret"*) exit 0;; esac');
    expect(run(made, after).stdout.trim().split('\n').at(-1)).toBe('fjord: done: nothing to change');
  });
});

import { expect, it } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { smallest } from '../../cases/smallest.ts';
import { FakeNode } from './fake-node.ts';

const sha256 = 'a'.repeat(64);
const installer = { url: 'https://mirror.example.no/install.sh', sha256 };
const k3s = { binarySha256: { amd64: sha256 }, installer };
const config: PlatformConfig = { ...smallest, k3s };

function applyScript(changed: PlatformConfig): string {
  const { artifacts, diagnostics } = compileConfig(changed, 'platform.config.ts');
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const script = artifacts.find(({ path }) => path.endsWith('node-1/apply.sh'))?.text;
  if (script === undefined) throw new Error('nothing was compiled');
  return script.replaceAll('/usr/local/sbin/openfaas-tls placeholder', ':');
}

/** A node that has been brought to the config, and one on which a run without a change does nothing. */
function settled(): FakeNode {
  const made = new FakeNode();
  made.sha256 = sha256;
  made.program('k3s', 'case "$*" in *"get secret"*) exit 0;; esac');
  const k3sIsThere = `printf '#!/bin/sh\\necho "k3s version v1.36.5+k3s1 (abc)"\\n' >${made.root}/usr/local/bin/k3s`;
  const unit = `mkdir -p ${made.root}/etc/systemd/system; touch ${made.root}/etc/systemd/system/k3s.service`;
  made.program('sh', `${k3sIsThere}; chmod +x ${made.root}/usr/local/bin/k3s; ${unit}`);
  made.program('/usr/local/sbin/openfaas-tls', '');
  made.write('/var/lib/fjord/fsync', 'measured before\n');
  made.write('/var/lib/fjord/fsync-for', 'v1.36.5+k3s1 /dev/vda1 1234\n');
  // Of what would reach a proxy, nothing is there.
  made.program('timeout', 'shift; [ "$1" = bash ] || exec "$@"');
  made.program('findmnt', 'echo /dev/vda1 1234');
  made.run(applyScript(config));
  return made;
}

/** Every call that does something to the machine. */
const acts = (calls: readonly string[]) =>
  calls.filter(
    (call) =>
      /^(systemctl|sysctl|sshd|modprobe|apt-get|groupadd|k3s .*rollout)\b/.test(call) &&
      !/^systemctl (is-|show)/.test(call),
  );

/** Which calls a change of the config adds, when it is the only one; each reaches its program by its own step. */
const changes: [string, PlatformConfig, string[]][] = [
  [
    'nodes.X.sshPort',
    { ...config, nodes: { 'node-1': { ...smallest.nodes['node-1'], sshPort: 2222 } } },
    [
      'systemctl reload-or-restart fjord-firewall',
      'sshd -t',
      'systemctl daemon-reload',
      'systemctl restart ssh.socket',
      'systemctl reload-or-restart ssh',
    ],
  ],
  [
    'nodes.X.proxy',
    {
      ...config,
      nodes: { 'node-1': { ...smallest.nodes['node-1'], proxy: { url: 'http://proxy.corp.example:3128' } } },
    },
    ['systemctl daemon-reload', 'systemctl restart --no-block k3s'],
  ],
  ['kernel.sysctl', { ...config, kernel: { sysctl: { 'vm.swappiness': 10 } } }, []],
  [
    'k3s.clusterCidr',
    { ...config, k3s: { ...k3s, clusterCidr: '10.52.0.0/16' } },
    ['systemctl reload-or-restart fjord-firewall', 'systemctl restart --no-block k3s'],
  ],
  [
    'gateway.rateLimit',
    { ...config, gateway: { rateLimit: { rate: '99r/s' } } },
    ['systemctl reload-or-restart nginx'],
  ],
  ['logs.journal', { ...config, logs: { journal: '1G' } }, ['systemctl restart systemd-journald']],
  [
    'k3s.kubeconfigMode',
    { ...config, k3s: { ...k3s, kubeconfigMode: '0640' } },
    ['systemctl restart --no-block k3s'],
  ],
  [
    'k3s.resolvers',
    { ...config, k3s: { ...k3s, resolvers: ['192.0.2.54'] } },
    ['k3s kubectl --namespace kube-system rollout restart deployment coredns'],
  ],
  [
    'maintenance',
    { ...config, maintenance: { days: ['tuesday'] } },
    ['systemctl daemon-reload', 'systemctl restart fjord-maintain.timer'],
  ],
];

/** The calls of one run that another does not have. */
function besides(calls: readonly string[], others: readonly string[]): string[] {
  const rest = [...others];
  return calls.filter((call) => {
    const index = rest.indexOf(call);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}

it('each change alone reaches its programs and no other, there and back', () => {
  const made = settled();
  const run = (of: PlatformConfig) => {
    const { status, stderr, calls } = made.run(applyScript(of));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return acts(calls);
  };
  const usual = run(config);
  for (const [what, changed, added] of changes) {
    for (const calls of [run(changed), run(config)]) {
      expect([what, besides(calls, usual), besides(usual, calls)]).toEqual([what, added, []]);
    }
  }
});

import { expect, it } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { readApplyScript } from '../../../src/verify/read/apply-script.ts';
import { everyOption } from '../../cases/every-option.ts';
import { smallest } from '../../cases/smallest.ts';
import { FakeNode } from './fake-node.ts';

const sha256 = 'a'.repeat(64);
const installer = { url: 'https://mirror.example.no/install.sh', sha256 };
const k3s = { binarySha256: { amd64: sha256 }, installer };
const config: PlatformConfig = { ...smallest, k3s };

/** A config whose node has a file of nearly every kind. */
const full: PlatformConfig = {
  ...config,
  nodes: { 'node-1': { ...smallest.nodes['node-1'], sshPort: 2222 } },
  k3s: {
    ...k3s,
    hardening: 'cis',
    registries: { mirrors: { 'docker.io': { endpoints: ['https://mirror.example.no'] } } },
    resolvers: ['192.0.2.53'],
  },
  ...(everyOption.backups && { backups: everyOption.backups }),
  ...(everyOption.alerts && { alerts: everyOption.alerts }),
};

function applyScript(changed: PlatformConfig): string {
  const { artifacts, diagnostics } = compileConfig(changed, 'platform.config.ts');
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const script = artifacts.find(({ path }) => path.endsWith('node-1/apply.sh'))?.text;
  if (script === undefined) throw new Error('nothing was compiled');
  return script.replaceAll('/usr/local/sbin/openfaas-tls placeholder', ':');
}

/** A node that has been brought to the config, and one on which a run without a change does nothing. */
function settled(of: PlatformConfig): FakeNode {
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
  made.run(applyScript(of));
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
  const made = settled(config);
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

const reload = 'systemctl daemon-reload';
const restartsK3s = ['systemctl restart --no-block k3s'];
const reloadsNginx = ['systemctl reload-or-restart nginx'];
const reloadsFirewall = ['systemctl reload-or-restart fjord-firewall'];
const timer = (name: string) => [reload, `systemctl restart fjord-${name}.timer`];

/** What a change of each file on the node starts; nothing where a program reads it when it next runs. */
const startedBy: Readonly<Record<string, readonly string[]>> = {
  '/etc/modules-load.d/fjord.conf': [],
  '/etc/apt/apt.conf.d/52fjord': [],
  '/etc/systemd/journald.conf.d/fjord.conf': ['systemctl restart systemd-journald'],
  '/usr/local/sbin/fjord-logs': [],
  '/etc/logrotate.d/nginx': [],
  '/etc/systemd/system/fjord-logs.service': timer('logs'),
  '/etc/systemd/system/fjord-logs.timer': timer('logs'),
  '/usr/local/sbin/fjord-backup': [],
  '/usr/local/sbin/fjord-restore': [],
  '/etc/systemd/system/fjord-backup.service': [reload],
  '/etc/systemd/system/fjord-backup.timer': timer('backup'),
  '/usr/local/sbin/fjord-watch': [],
  '/etc/systemd/system/fjord-watch.service': [reload],
  '/etc/systemd/system/fjord-watch.timer': timer('watch'),
  '/etc/ssh/sshd_config.d/10-fjord.conf': [
    'sshd -t',
    reload,
    'systemctl restart ssh.socket',
    'systemctl reload-or-restart ssh',
  ],
  '/etc/sysctl.d/99-serverless.conf': [],
  '/etc/sysctl.d/90-kubelet.conf': [],
  '/etc/rancher/k3s/admission.yaml': restartsK3s,
  '/etc/rancher/k3s/audit.yaml': restartsK3s,
  '/etc/fjord/resolv.conf': ['k3s kubectl --namespace kube-system rollout restart deployment coredns'],
  '/etc/rancher/k3s/config.yaml': restartsK3s,
  '/etc/systemd/system/k3s.service.d/fjord.conf': [reload],
  '/usr/local/sbin/fjord-maintain': [],
  '/etc/systemd/system/fjord-maintain.service': [reload],
  '/etc/systemd/system/fjord-maintain.timer': timer('maintain'),
  '/usr/local/sbin/fjord-drain': [],
  '/etc/systemd/system/fjord-drain.service': [reload],
  '/etc/rancher/k3s/registries.yaml': restartsK3s,
  '/etc/fjord/firewall.nft': reloadsFirewall,
  '/etc/systemd/system/fjord-firewall.service': [reload, ...reloadsFirewall],
  '/usr/local/sbin/openfaas-tls': [],
  '/etc/systemd/system/openfaas-cert.service': [reload],
  '/usr/local/sbin/fjord-nginx': [],
  '/etc/systemd/system/nginx.service.d/fjord.conf': [reload, ...reloadsNginx],
  '/etc/nginx/nginx.conf': reloadsNginx,
  '/etc/nginx/conf.d/openfaas.conf': reloadsNginx,
  // K3s watches the folder.
  '/var/lib/rancher/k3s/server/manifests/fjord.yaml': [],
};

it('each file that changes alone starts what reads it and nothing else, there and back', () => {
  const script = applyScript(full);
  const made = settled(full);
  const run = (text: string) => {
    const { status, calls } = made.run(text);
    expect(status).toBe(0);
    return acts(calls);
  };
  const usual = run(script);
  const found: Record<string, readonly string[]> = {};
  for (const path of readApplyScript(script).files.keys()) {
    const there = besides(run(withOtherFile(script, path)), usual);
    const back = besides(run(script), usual);
    expect([path, back]).toEqual([path, there]);
    found[path] = there;
  }
  expect(found).toEqual(startedBy);
}, 300_000);

/** A script whose file at a place has a line more, which means something. */
function withOtherFile(script: string, path: string): string {
  const block = new RegExp(
    `meaning=\\S*\\n(put \\d+ ${path.replaceAll('.', '\\.')} <<'(END_*)'\\n[\\s\\S]*?)(^\\2$)`,
    'm',
  );
  return script.replace(block, 'meaning=ffffffff\n$1# more\n$3');
}

import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { readDist } from '../../../src/verify/read/dist.ts';
import { cases } from '../../cases/index.ts';
import { FakeNode } from '../apply-script/fake-node.ts';

/** A file of a node, as it is emitted. */
function fileOf(config: unknown, name: string, path: string): string {
  const { artifacts } = compileConfig(config, 'platform.config.ts');
  const [dist] = readDist(new Map(artifacts.map((one) => [one.path, one.text])));
  const text = dist?.nodes.find((one) => one.name === name)?.files.get(path)?.text;
  if (text === undefined) throw new Error(`${name} has no ${path}`);
  return text;
}

const maintain = '/usr/local/sbin/fjord-maintain';
const drain = '/usr/local/sbin/fjord-drain';
const reference = cases.reference as PlatformConfig;
const agents = cases['server-and-agents'] as PlatformConfig;
const [server = '', agent = ''] = ['server', 'agent'].map(
  (role) => Object.entries(agents.nodes).find(([, node]) => (node.role ?? 'server') === role)?.[0],
);

/** A node with K3s' certificates, which end so many days from now; its authority lives for ten years. */
function nodeWith(days: number, where = 'server/tls'): FakeNode {
  const node = new FakeNode();
  node.program('openssl', 'exec /usr/bin/openssl "$@"');
  node.program('awk', 'exec /usr/bin/awk "$@"');
  node.program('k3s', 'case $* in *"get nodes"*) cat "$0.nodes" 2>/dev/null;; esac');
  node.program('/usr/local/sbin/fjord-nginx', '');
  node.write('/var/lib/fjord/lock', '');
  for (const [name, lives] of [
    ['client-admin', days],
    ['client-ca', 3650],
  ] as const) {
    const file = join(node.root, `var/lib/rancher/k3s/${where}/${name}.crt`);
    mkdirSync(dirname(file), { recursive: true });
    const { status } = spawnSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc'],
        ...['-days', String(lives), '-subj', `/CN=${name}`, '-keyout', '/dev/null', '-out', file],
      ],
      { stdio: 'ignore' },
    );
    expect(status).toBe(0);
  }
  return node;
}

describe('fjord-maintain', () => {
  let script = '';
  beforeAll(() => {
    script = fileOf(reference, 'oslo-1', maintain);
  }, 60_000);

  it('does nothing while certificates have 100 days and no update needs a reboot', () => {
    const { status, calls, stdout } = nodeWith(100).run(script);
    expect([status, stdout, calls.filter((call) => /systemctl/.test(call))]).toEqual([0, '', []]);
  });

  it.each(['server/tls', 'server/tls/etcd', 'agent'])(
    'restarts K3s when a certificate in %s has 60 days',
    (where) => {
      const { status, calls, stdout } = nodeWith(60, where).run(script);
      expect(status).toBe(0);
      expect(calls).toContain('systemctl restart k3s');
      expect(stdout).toContain(`${where}/client-admin.crt ends soon`);
    },
  );

  it('takes an authority for no certificate that it could renew', () => {
    const node = nodeWith(100);
    node.write('/var/lib/rancher/k3s/server/tls/old-ca.crt', 'unreadable');
    expect(node.run(script).calls.filter((call) => /systemctl/.test(call))).toEqual([]);
  });

  it('reboots when an update needs it, and not otherwise', () => {
    const node = nodeWith(60);
    node.write('/run/reboot-required', '');
    const { calls } = node.run(script);
    expect(calls.filter((call) => /systemctl/.test(call))).toEqual(['systemctl reboot']);
  });

  it('only says that a reboot is pending where reboots are off', () => {
    const node = nodeWith(100);
    node.write('/run/reboot-required', '');
    const { status, calls, stdout } = node.run(
      fileOf({ ...reference, maintenance: { reboots: false } }, 'oslo-1', maintain),
    );
    expect([status, calls.filter((call) => /systemctl/.test(call))]).toEqual([0, []]);
    expect(stdout).toContain('a reboot is pending');
  });

  it('puts it off while fjord-apply runs', () => {
    const node = nodeWith(60);
    node.program('flock', 'exit 1');
    const { status, calls, stdout } = node.run(script);
    expect([status, calls.filter((call) => /systemctl/.test(call))]).toEqual([1, []]);
    expect(stdout).toContain('put off: fjord-apply is running');
  });

  it('prints a certificate that ends soon for fjord-apply, and changes nothing', () => {
    const { status, stdout, calls } = nodeWith(60).run(script, '--ending');
    expect([status, stdout]).toEqual([0, '/var/lib/rancher/k3s/server/tls/client-admin.crt\n']);
    expect(calls.filter((call) => /systemctl/.test(call))).toEqual([]);
    expect(nodeWith(100).run(script, '--ending').status).toBe(1);
  });

  describe('with several nodes', () => {
    const others = (state: string) => `${server} Ready x 1d v1\n${agent} ${state} x 1d v1\n`;

    it.each([
      ['Ready', true],
      ['Ready,SchedulingDisabled', true],
      ['NotReady', false],
    ])('reboots a server while another node is %s: %s', (state, reboots) => {
      const node = nodeWith(100);
      node.write('/bin/k3s.nodes', others(state));
      node.write('/run/reboot-required', '');
      const { calls, stdout } = node.run(fileOf(agents, server, maintain));
      expect(calls.includes('systemctl reboot')).toBe(reboots);
      if (!reboots) expect(stdout).toContain(`put off: ${agent} is not ready`);
    });

    it('renews certificates that end within 30 days even while another node is away', () => {
      const node = nodeWith(20);
      node.write('/bin/k3s.nodes', others('NotReady'));
      expect(node.run(fileOf(agents, server, maintain)).calls).toContain('systemctl restart k3s');
    });

    it('asks the first server on an agent', () => {
      const node = nodeWith(60, 'agent');
      const script = fileOf(agents, agent, maintain);
      node.program('curl', 'exit 0');
      expect(node.run(script).calls).toContain('systemctl restart k3s-agent');
      node.program('curl', 'exit 7');
      const { status, calls } = node.run(script);
      expect([status, calls.filter((call) => /systemctl/.test(call))]).toEqual([1, []]);
    });
  });
});

describe('fjord-drain', () => {
  const calls = (run: { calls: readonly string[] }) =>
    run.calls
      .filter((call) => /^(k3s|fjord-nginx)/.test(call))
      .map((call) => call.replace(/^(\S+) kubectl --kubeconfig \S+/, '$1'));

  it('lets nginx finish on a single node, and moves nothing', () => {
    const node = nodeWith(100);
    const run = node.run(fileOf(reference, 'oslo-1', drain), 'stop');
    expect([run.status, calls(run)]).toEqual([0, ['fjord-nginx stop']]);
  });

  it('empties one of several nodes before nginx ends, and fills it again at the next start', () => {
    const node = nodeWith(100);
    const script = fileOf(agents, server, drain);
    const stop = calls(node.run(script, 'stop'));
    expect(stop.map((call) => call.split(' ').slice(0, 3).join(' '))).toEqual([
      `k3s get node`,
      `k3s drain ${server}`,
      'fjord-nginx stop',
    ]);
    expect(calls(node.run(script, 'start'))).toEqual([`k3s uncordon ${server}`]);
    expect(calls(node.run(script, 'start'))).toEqual([]);
  });

  it('leaves a node that somebody has cordoned as it is', () => {
    const node = nodeWith(100);
    node.program('k3s', 'echo true');
    const script = fileOf(agents, server, drain);
    expect(calls(node.run(script, 'stop')).filter((call) => /drain /.test(call))).toEqual([]);
    expect(calls(node.run(script, 'start'))).toEqual([]);
  });

  it('tries to uncordon again if the cluster does not answer yet', () => {
    const node = nodeWith(100);
    const script = fileOf(agents, server, drain);
    node.run(script, 'stop');
    node.program('k3s', 'exit 1');
    expect(node.run(script, 'start').status).not.toBe(0);
    node.program('k3s', '');
    expect(calls(node.run(script, 'start'))).toEqual([`k3s uncordon ${server}`]);
  });
});

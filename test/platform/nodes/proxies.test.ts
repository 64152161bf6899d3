import { describe, expect, it } from 'vitest';
import { check } from '../../../src/config/check/check.ts';
import type { NodeConfig } from '../../../src/config/nodes/node.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { backups, large, platformWith } from '../edit.ts';

const url = 'http://proxy.corp.example:3128';

/** A single server behind a proxy. */
const node = (proxy: NodeConfig['proxy'], more: NodeConfig = {}): PlatformConfig['nodes'] => ({
  'oslo-1': { ...large, ...(proxy && { proxy }), ...more },
});

/** A server and an agent, of which only the agent is behind the proxy. */
const agentBehind: PlatformConfig['nodes'] = {
  'oslo-1': { ...large, role: 'server', address: '192.0.2.1' },
  'oslo-2': { ...large, role: 'agent', address: '192.0.2.2', proxy: { url } },
};

function reported(changes: Partial<PlatformConfig>): string[] {
  return resolve(platformWith(changes))[1]
    .map(({ code, path }) => `${code.replace('resolve/', '')} ${path.join('.')}`)
    .filter((line) => line.startsWith('proxy-'));
}

const gitops: PlatformConfig['delivery'] = {
  mode: 'gitops',
  git: { tool: 'flux', repository: 'ssh://git@git.example.no:2222/shop/platform.git' },
};
const bySsh: PlatformConfig['backups'] = {
  recipients: backups?.recipients ?? [],
  to: {
    ssh: {
      host: 'copies.example.no',
      user: 'fjord',
      path: 'copies',
      hostKey: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${'Cd'.repeat(21)}E`,
    },
  },
};
const byMail: PlatformConfig['alerts'] = {
  to: {
    ops: { kind: 'mail', host: 'smtp.example.no', from: 'a@example.no', recipients: ['b@example.no'] },
    phone: { kind: 'ntfy', host: 'ntfy.example.no' },
  },
  deadMansSwitch: { host: 'hc.example.no' },
};
const toBucket: PlatformConfig['k3s'] = { datastore: 'etcd', snapshots: { s3Secret: 'bucket' } };

describe('a proxy', () => {
  it.each<[string, Partial<PlatformConfig>, string[]]>([
    ['of a single server', { nodes: node({ url }) }, []],
    ['by its address', { nodes: node({ url: 'http://10.0.0.9:8080' }) }, []],
    [
      'on each machine itself',
      { nodes: node({ url: 'http://127.0.0.1:3128' }) },
      ['proxy-nowhere nodes.oslo-1.proxy.url'],
    ],
    [
      'without a router',
      { nodes: node({ url: 'http://169.254.1.1:3128' }) },
      ['proxy-nowhere nodes.oslo-1.proxy.url'],
    ],
    [
      'at the node itself',
      { nodes: node({ url: 'http://192.0.2.1:3128' }, { address: '192.0.2.1' }) },
      ['proxy-nowhere nodes.oslo-1.proxy.url'],
    ],
    [
      'among the pods',
      { nodes: node({ url: 'http://10.42.0.9:3128' }) },
      ['proxy-nowhere nodes.oslo-1.proxy.url'],
    ],
    [
      'of K3s itself, which fetches charts, on a node without an address',
      { nodes: node({ url, except: ['git.example.no'] }), delivery: gitops },
      ['proxy-without-address nodes.oslo-1'],
    ],
    [
      'of K3s itself, which sends snapshots, on a node without an address',
      { nodes: node({ url }), k3s: toBucket },
      ['proxy-without-address nodes.oslo-1'],
    ],
    ['of K3s itself, with an address', { nodes: node({ url }, { address: '192.0.2.1' }), k3s: toBucket }, []],
    ['of an agent, where the server sends snapshots', { nodes: agentBehind, k3s: toBucket }, []],
    [
      'and a repository that pods fetch',
      { nodes: agentBehind, delivery: gitops },
      ['proxy-not-for delivery.git.repository'],
    ],
    ['and copies by SSH', { nodes: node({ url }), backups: bySsh }, ['proxy-not-for backups.to.ssh.host']],
    [
      'and copies by SSH that are excepted',
      { nodes: node({ url, except: ['copies.example.no'] }), backups: bySsh },
      [],
    ],
    ['of an agent, and copies of the server by SSH', { nodes: agentBehind, backups: bySsh }, []],
    ['and mail', { nodes: agentBehind, alerts: byMail }, ['proxy-not-for alerts.to.ops.host']],
  ])('%s', (_, changes, expected) => expect(reported(changes)).toEqual(expected));

  it('names the node, the host and the way out', () => {
    const [, found] = resolve(platformWith({ nodes: node({ url }), backups: bySsh }));
    expect(found.find(({ code }) => code === 'resolve/proxy-not-for')).toMatchObject({
      severity: 'warning',
      message: "the proxy of 'oslo-1' is not used for copies by SSH, at 'copies.example.no'",
      hint: "add 'copies.example.no' to nodes.oslo-1.proxy.except once oslo-1 reaches it directly, or use s3",
    });
  });
});

describe('the address of a proxy', () => {
  const codes = (written: unknown) =>
    check({ ...platformWith({}), nodes: { 'oslo-1': { proxy: written } } }).map(
      ({ code, path }) => `${code} ${path.slice(2).join('.')}`,
    );

  it.each(['http://proxy.corp.example:3128', 'http://proxy:80', 'http://192.0.2.9:65535', 'http://1a:1'])(
    '%s',
    (good) => expect(codes({ url: good })).toEqual([]),
  );

  it.each([
    'http://proxy.corp.example',
    'http://proxy.corp.example:3128/',
    'http://proxy.corp.example:0',
    'http://proxy.corp.example:65536',
    'https://proxy.corp.example:3128',
    'socks5://proxy.corp.example:1080',
    'proxy.corp.example:3128',
    'http://192.0.2.256:3128',
    'http://192.0.2:3128',
    'http://10:3128',
    'http://-proxy:3128',
    'http://proxy_1:3128',
    'http://pro%78y:3128',
    'http://proxy:3128\n',
    'http://proxy:3128"; x',
  ])('is not %j', (bad) => expect(codes({ url: bad })).toEqual(['check/wrong-form proxy.url']));

  it('has no password, which no message repeats', () => {
    const found = check({
      ...platformWith({}),
      nodes: { 'oslo-1': { proxy: { url: 'http://ops:hunter2@proxy.corp.example:3128', more: 1 } } },
    });
    expect(found.map(({ code }) => code)).toEqual(['check/password-in-config']);
    expect(JSON.stringify(found)).not.toContain('hunter2');
    expect(found[0]?.hint).toContain('let the proxy know this machine by its address');
  });

  it.each([['*.corp.example'], ['.corp.example'], ['10.0.0.0/8'], ['mirror.corp.example:443'], ['a,b']])(
    'excepts no %s',
    (entry) => expect(codes({ url, except: [entry] })).toEqual(['check/wrong-form proxy.except.0']),
  );
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { describeWithTool } from '../conformance/real-tool.ts';
import { runTool } from '../conformance/run-tool.ts';
import { nodeFilesOf } from '../gateway/node-files.ts';
import { large, platformWith } from '../platform/edit.ts';
import { askParsers, targetParsers } from './target-parsers.ts';

const url = 'http://proxy.corp.example:3128';
const proxy = { url, except: ['mirror.corp.example', '198.51.100.20'] };

/** Two nodes with IPv6, in whose cluster K3s itself fetches charts. */
const config: PlatformConfig = platformWith({
  nodes: {
    'oslo-1': { ...large, role: 'server', address: '192.0.2.1', address6: '2001:db8::1', proxy },
    'oslo-2': { ...large, role: 'agent', address: '192.0.2.2', address6: '2001:db8::2', proxy },
  },
  k3s: { ipv6: { clusterCidr: 'fd00:42::/56', serviceCidr: 'fd00:43::/112' } },
  delivery: { mode: 'gitops', git: { tool: 'flux', repository: 'https://mirror.corp.example/shop.git' } },
});

/** A node's file of variables. */
function variables(node: string, place: string): string {
  const { artifacts } = compileConfig(config, 'platform.config.ts');
  const script = artifacts.find(({ path }) => path === `nodes/${node}/apply.sh`)?.text ?? '';
  const text = nodeFilesOf(script).find(({ path }) => path === place)?.text;
  if (text === undefined) throw new Error(`${node} has no ${place}`);
  return text;
}

const noProxy = /^no_proxy=(.*)$/m.exec(variables('oslo-1', '/etc/fjord/proxy.env'))?.[1] ?? '';

const direct = [
  'http://localhost:10248/healthz',
  'https://127.0.0.1:6443/',
  'https://192.0.2.1:6443/cacerts',
  'https://192.0.2.2:10250/metrics',
  'https://10.42.3.7:8080/',
  'https://10.43.0.1/api',
  'http://gateway.openfaas.svc.cluster.local:8080/',
  'http://gateway.openfaas.svc:8080/',
  'https://mirror.corp.example/k3s',
  'https://eu.mirror.corp.example:8443/k3s',
  'http://198.51.100.20:9000/copies',
];
/** Python's requests knows no addresses of IPv6 here, and asks only for certificates. */
const direct6 = ['https://[::1]:6443/', 'https://[2001:db8::2]:10250/'];
/** Only Go reads networks of IPv6 in every version. Nothing else on a node calls a pod. */
const pods6 = ['https://[fd00:42:0:1::7]/', 'https://[fd00:43::1]/'];
const proxied = [
  'https://registry-1.docker.io/v2/',
  'http://deb.debian.org/debian',
  'https://acme-v02.api.letsencrypt.org/directory',
  'https://corp.example/',
  'https://198.51.100.21/',
  'https://192.0.2.3:6443/',
  'https://10.44.0.1/',
  'https://[2001:db8::3]/',
];

describeWithTool(targetParsers, 'the variables of a proxy, as Go reads them', (path) => {
  it('lead nodes, pods, Services and what is excepted past it', () => {
    const targets = [...direct, ...direct6, ...pods6, ...proxied];
    const answers = askParsers(
      path,
      targets.map((target) => ({ parser: 'proxy', text: url, noProxy, target })),
    );
    const used = targets.filter((_, index) => answers[index]?.proxy === url);
    expect(used).toEqual(proxied);
    expect(answers.filter(({ error }) => error !== undefined)).toEqual([]);
  });
});

describeWithTool('curl', 'the variables of a proxy, as curl reads them', (curl) => {
  it('lead nodes, pods, Services and what is excepted past it', () => {
    const used = [...direct, ...direct6, ...proxied].filter((target) => {
      const options = ['--silent', '--globoff', '--connect-timeout', '0.1', '--noproxy', noProxy];
      // The status of a proxy whose name is unknown: whoever uses it ends there.
      return runTool(curl, [...options, '--proxy', 'http://proxy.invalid:3128', target]).status === 5;
    });
    expect(used).toEqual(proxied);
  });
});

describeWithTool('certbot', 'the variables of a proxy, as certbot reads them', () => {
  it('lead what certbot may call past it', () => {
    const code = `import sys
from requests.utils import should_bypass_proxies
print("\\n".join(url for url in sys.argv[2:] if not should_bypass_proxies(url, sys.argv[1])))`;
    const { stdout, stderr } = runTool('/usr/bin/python3', ['-c', code, noProxy, ...direct, ...proxied]);
    expect({ stderr, used: stdout.trim().split('\n') }).toEqual({ stderr: '', used: proxied });
  });
});

const generator = '/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator';

describeWithTool('systemctl', 'the variables of a proxy, as systemd reads its files', () => {
  it.each([
    ['oslo-1', '/etc/rancher/k3s/proxy.env', ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY']],
    [
      'oslo-2',
      '/etc/rancher/k3s/proxy.env',
      ['CONTAINERD_HTTPS_PROXY', 'CONTAINERD_HTTP_PROXY', 'CONTAINERD_NO_PROXY'],
    ],
    ['oslo-2', '/etc/fjord/proxy.env', ['http_proxy', 'https_proxy', 'no_proxy']],
  ])('of %s, %s', (node, place, names) => {
    const home = mkdtempSync(join(tmpdir(), 'fjord-environment-'));
    onTestFinished(() => rmSync(home, { recursive: true }));
    mkdirSync(join(home, 'environment.d'));
    writeFileSync(join(home, 'environment.d/proxy.conf'), variables(node, place));
    const { stdout, stderr } = runTool('env', ['-i', `XDG_CONFIG_HOME=${home}`, generator]);
    const found = stdout.split('\n').filter((line) => /proxy=/i.test(line));
    const values = names.map((name) => `${name}=${/no_proxy/i.test(name) ? noProxy : url}`);
    expect({ stderr, found: found.sort() }).toEqual({ stderr: '', found: values.sort() });
  });
});

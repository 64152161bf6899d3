import { expect, it, vi } from 'vitest';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { smallest } from '../cases/smallest.ts';
import { describeGateway } from '../gateway/describe-gateway.ts';
import type { NodeFile } from '../gateway/node-files.ts';
import { startProxiedNode } from './proxied-node.ts';

vi.setConfig({ testTimeout: 120_000 });

const config: PlatformConfig = {
  ...smallest,
  nodes: {
    'node-1': {
      memory: '8Gi',
      proxy: { url: 'http://proxy.corp.example:3128', except: ['mirror.corp.example'] },
    },
  },
  k3s: { downloadFrom: 'https://mirror.corp.example/k3s' },
  backups: {
    recipients: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'],
    to: { s3: { endpoint: 'https://s3.example.no', region: 'oslo-1', bucket: 'copies' } },
  },
  alerts: {
    to: { phone: { kind: 'ntfy', host: 'ntfy.example.no' } },
    deadMansSwitch: { host: 'hc.example.no' },
  },
};

const hosts = [
  ...['secure.example.no', 'mirror.corp.example', 'functions.example.no'],
  ...['raw.githubusercontent.com', 's3.example.no', 'ntfy.example.no', 'hc.example.no'],
  'acme-v02.api.letsencrypt.org',
];

const file = (path: string, text: string, permissions: string): NodeFile => ({ path, text, permissions });
const program = (path: string, code: string) => file(path, `#!/bin/bash\n${code}\n`, '0755');

/** The sources of apt: one behind the proxy by http, one by https, and one that is excepted. */
const sources = ['http://deb.example.no', 'https://secure.example.no', 'http://mirror.corp.example'];

const files = [
  file(
    '/etc/apt/sources.list',
    sources.map((source) => `deb [trusted=yes] ${source}/debian ./\n`).join(''),
    '0644',
  ),
  file('/etc/apt/apt.conf.d/00test', 'Acquire::https::CAInfo "/usr/share/ca.crt";\n', '0644'),
  file('/etc/fjord/backup-s3', 'user = "KEY:SECRET"\n', '0600'),
  file('/etc/fjord/alerts/phone.url', 'https://ntfy.example.no/topic\n', '0600'),
  file('/etc/fjord/alerts/dead-mans-switch', 'https://hc.example.no/check\n', '0600'),
  program('/usr/local/bin/k3s', "echo 'k3s version v1.36.5+k3s1 (abc)'"),
  program('/opt/node/systemctl', ''),
  program('/opt/node/timedatectl', 'echo yes'),
];

describeGateway(
  'on a node whose only way outside is a proxy,',
  () => {
    const start = () => startProxiedNode(config, hosts, files);

    it('real apt uses it before the first package, and goes past it to an excepted mirror', async () => {
      const { script, run, seen } = await start();
      // Real are the preflight and the lists; everything is installed but one package, which no archive has.
      await run(`rm -f /etc/apt/sources.list.d/* /etc/apt/apt.conf.d/99fjord-proxy /usr/local/bin/k3s
        printf '#!/bin/bash\\ncase "$*" in *nftables) ;; *) printf installed;; esac\\n' >/opt/node/dpkg-query
        printf '#!/bin/bash\\ncase "$*" in *install*) ;; *) exec /usr/bin/apt-get "$@";; esac\\n' >/opt/node/apt-get
        chmod +x /opt/node/*`);
      const [upTo = ''] = script.split("\nbegin 'files'");
      const edited = upTo.replace('len(took) < 1000', 'len(took) < 3');
      const before = await run(
        edited.replace(/\nbegin 'proxy'[\s\S]*?\nEND\n/, '\n').replace('-lt 3 ]', '-lt 1 ]'),
      );
      expect(before.stderr).toContain('FAILED (packages)');
      expect(seen().filter((line) => line.startsWith('proxied'))).toEqual([]);

      const { status, stdout, stderr } = await run(edited);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain('fjord: installed nftables\n');
      const lines = seen();
      expect(lines).toContain('proxied CONNECT secure.example.no:443');
      expect(lines).toContain('proxied GET http://deb.example.no/debian/./Packages');
      expect(lines).toContain('direct GET http://mirror.corp.example/debian/./Packages');
      expect(lines.filter((line) => /^direct.*:\/\/(deb|secure)\.|^proxied.*:\/\/mirror/.test(line))).toEqual(
        [],
      );
    });

    it('real curl downloads through it, and past it from an excepted mirror', async () => {
      const { script, run, seen } = await start();
      const [head = ''] = script.split("\nbegin 'preflight'");
      const [installer, binary] = [/fetch (\S+install\.sh) /, /fetch (\S+\/k3s) /].map(
        (form) => form.exec(script)?.[1],
      );
      expect(
        await run(`${head}\nfetch ${installer} /tmp/a; fetch ${binary} /tmp/b; cat /tmp/a /tmp/b`),
      ).toEqual({ status: 0, stdout: 'a download\na download\n', stderr: '' });
      expect(seen()).toEqual([
        'proxied CONNECT raw.githubusercontent.com:443',
        expect.stringMatching(/^direct GET https:\/\/mirror\.corp\.example\/k3s\/.*\/k3s$/),
      ]);
      const without = head.replace(/^ {4}--proxy .*\n/m, '').replace('--retry 5', '--retry 0');
      expect((await run(`${without}\nfetch ${installer} /tmp/a`)).stderr).toContain('cannot download');
    });

    it('certbot, copies and alerts go through it, and the look at nginx does not', async () => {
      const { run, seen } = await start();
      const asked = await run('mkdir -p /var/www/letsencrypt; openfaas-tls issue');
      expect(asked.status).toBe(1);
      expect(seen()).toEqual(['proxied CONNECT acme-v02.api.letsencrypt.org:443']);

      await run(`mkdir -p /var/lib/rancher/k3s/server/db
        sqlite3 /var/lib/rancher/k3s/server/db/state.db 'CREATE TABLE kine (id)'`);
      expect(await run('fjord-backup')).toMatchObject({ status: 0, stderr: '' });
      const copies = seen();
      expect(new Set(copies)).toEqual(new Set(['proxied CONNECT s3.example.no:443']));

      expect((await run('fjord-watch --test')).stdout).toBe('phone: sent\ndead-mans-switch: sent\n');
      expect(seen()).toEqual(['proxied CONNECT ntfy.example.no:443', 'proxied CONNECT hc.example.no:443']);
      await run('fjord-watch || true');
      expect(seen()).toContain('direct GET https://functions.example.no/healthz');
    });

    it('a new machine stops at once if it does not reach the proxy, and a running one goes on', async () => {
      const { script, run } = await start();
      const [upTo = ''] = script.split("\nbegin 'proxy'");
      const edited = upTo
        .replace('len(took) < 1000', 'len(took) < 3')
        .replace('/proxy.corp.example/3128', '/proxy.corp.example/3129')
        .replace('wait_for 30 ', 'wait_for 1 ');
      expect((await run(edited)).stderr).toBe('');
      const refused = await run(`rm /etc/apt/apt.conf.d/99fjord-proxy\n${edited}`);
      expect(refused.stderr).toBe(
        'fjord: FAILED (preflight): timed out after 1 s waiting for the proxy at proxy.corp.example:3128: correct nodes.node-1.proxy, or let this machine through to it\n',
      );
    });
  },
  ...['apt-get', 'certbot', 'age', 'sqlite3'],
);

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { runTool } from '../conformance/run-tool.ts';
import { startChild } from '../gateway/child.ts';
import { compiledNodeFiles, type NodeFile } from '../gateway/node-files.ts';
import { type RunningGateway, startGatewayOf } from '../gateway/running-gateway.ts';

/** What a receiver got: a request by https, or a mail. */
export interface Arrived {
  readonly host: string;
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  readonly from?: string;
  readonly to?: readonly string[];
}

/** A node with nginx, the emitted program and receivers of its alerts; everything is well on it. */
export interface WatchedNode {
  readonly gateway: RunningGateway;
  /** Runs the program once. `later`: seconds that its clock is ahead. */
  look(later?: number, ...options: readonly string[]): Promise<{ status: number | null; stdout: string }>;
  /** Runs commands on the node. */
  run(script: string): Promise<string>;
  /** What has arrived since this was last called. From now on these hosts refuse, and so many calls wait in the queue. */
  arrived(change?: { refuse?: readonly string[]; waiting?: number }): Promise<readonly Arrived[]>;
  /** Writes what the cluster's API answers. */
  cluster(items: readonly unknown[]): void;
  stop(): Promise<void>;
}

export const secretPath = '/topic-6f1d0b';
/** No other case has each of these. */
const hosts = ['ntfy', 'chat', 'hooks', 'smtp', 'hc', 'other'].map((name) => `${name}.example.no`);

/** Of the programs on a node, those that a machine without systemd and K3s does not have. */
const standIns: readonly (readonly [path: string, text: string])[] = [
  ['/opt/node/systemctl', 'case $1 in list-units) cat /tmp/failed 2>/dev/null || true ;; esac'],
  ['/opt/node/timedatectl', '[ -e /tmp/clock-off ] && echo no || echo yes'],
  [
    '/usr/local/bin/k3s',
    `case "$*" in
  *--raw*) [ ! -e /tmp/k3s-down ] ;;
  *port-forward*) echo 'Forwarding from 127.0.0.1:18222 -> 8222'; exec sleep 50 ;;
  *) [ ! -e /tmp/k3s-down ] && cat /tmp/cluster.json ;;
esac`,
  ],
  // What every program of the machine can see of a call.
  ['/opt/node/curl', 'printf "%s\\n" "$*" >>/tmp/curl-arguments; exec /usr/bin/curl "$@"'],
];

/** Starts such a node, with certificates of its own that `receivers` and the node know. */
export async function startWatchedNode(config: PlatformConfig): Promise<WatchedNode> {
  const directory = mkdtempSync(join(tmpdir(), 'fjord-watch-'));
  const names = hosts.map((name) => `DNS:${name}`).join(',');
  const certificate = ['-subj', '/CN=receivers', '-addext', `subjectAltName=${names}`, '-days', '400'];
  const keys = ['-keyout', join(directory, 'tls.key'), '-out', join(directory, 'tls.crt')];
  runTool('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-noenc', ...certificate, ...keys]);
  const file = (path: string, text: string, permissions = '0600'): NodeFile => ({ path, text, permissions });
  const ca = readFileSync(join(directory, 'tls.crt'), 'utf8');
  const gateway = await startGatewayOf([
    ...compiledNodeFiles(config),
    ...standIns.map(([path, text]) => file(path, `#!/bin/bash\n${text}\n`, '0755')),
    file('/etc/hosts', `127.0.0.1 localhost ${hosts.join(' ')}\n`, '0644'),
    file('/root/ca.crt', ca),
    file(
      '/etc/fjord/alerts/phone.url',
      `https://ntfy.example.no:8443${secretPath}\nAuthorization: Bearer t"k\n`,
    ),
    file('/etc/fjord/alerts/team.url', `https://chat.example.no:8443${secretPath}\n`),
    file('/etc/fjord/alerts/hook.url', `https://hooks.example.no:8443${secretPath}\n`),
    file('/etc/fjord/alerts/ops.login', 'fjord:pa"ss\\word\n'),
    file('/etc/fjord/alerts/dead-mans-switch', `https://hc.example.no:8443${secretPath}\n`),
  ]);
  const receivers = await startChild(gateway.node.enterNetwork, '../alerts/receivers.mjs', directory);
  const { node } = gateway;
  const run = async (script: string): Promise<string> => {
    const { status, stdout, stderr } = await node.run(script);
    if (status !== 0) throw new Error(`${script}: ${stdout}${stderr}`);
    return stdout;
  };
  const cluster = (items: readonly unknown[]) => {
    mkdirSync(dirname(node.file('/tmp/cluster.json')), { recursive: true });
    writeFileSync(node.file('/tmp/cluster.json'), JSON.stringify({ kind: 'List', items }));
  };
  cluster([]);
  await run(`mkdir -p /etc/nginx/tls-copies/own /var/lib/rancher/k3s/server/tls /var/lib/fjord/backups
    own() { openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -subj "/CN=$1" -days "$2" -keyout "$4" -out "$3" 2>/dev/null; }
    own ${gateway.domain} 90 /etc/nginx/tls-copies/own/{fullchain,privkey}.pem
    own client-admin 365 /var/lib/rancher/k3s/server/tls/client-admin.crt /dev/null
    own client-ca 1 /var/lib/rancher/k3s/server/tls/client-ca.crt /dev/null
    ln -sfn ../tls-copies/own /etc/nginx/tls/${gateway.domain}`);
  return {
    gateway,
    run,
    cluster,
    look: (later = 0, ...options) =>
      node.run(
        `export CURL_CA_BUNDLE=/root/ca.crt FAKETIME_DONT_FAKE_MONOTONIC=1
        ${later === 0 ? '' : `faketime -f +${later}s `}/usr/local/sbin/fjord-watch ${options.join(' ')} 2>&1`,
      ),
    arrived: async (change = {}) => (await receivers.ask(change)) as readonly Arrived[],
    stop: async () => {
      await receivers.stop();
      await gateway.stop();
      rmSync(directory, { recursive: true });
    },
  };
}

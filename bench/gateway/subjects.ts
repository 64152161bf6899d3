import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import reference from '../../platform.config.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { type Child, ended, startChild } from '../../test/gateway/child.ts';
import { type Node, startNode } from '../../test/gateway/node.ts';
import { compiledNodeFiles, type NodeFile } from '../../test/gateway/node-files.ts';
import { type GatewayNode, startGatewayNode } from '../../test/gateway/running-gateway.ts';

/** One of what is compared, running on a node of its own. */
export interface Subject {
  readonly node: Node;
  readonly domain: string;
  /** A function that it forwards to. */
  readonly path: string;
  stop(): Promise<void>;
}

/** What answers behind a subject: nginx as fast as it can, or a program that reads bodies to their end. */
export type Upstream = 'fast' | 'reading';

/** The reference platform, with its limits out of the way. */
const platform: PlatformConfig = {
  ...reference,
  nodes: Object.fromEntries(
    Object.entries(reference.nodes).map(([name, node]) => [name, { ...node, memory: '24Gi' }]),
  ),
  gateway: {
    ...reference.gateway,
    rateLimit: { rate: '1000000r/s', burst: 100_000 },
    connectionLimit: 65_535,
  },
};

const path = `/function/${Object.keys(reference.functions).sort()[0]}`;

/** What Fjord emits, byte for byte. */
export function startOurs(upstream: Upstream): Promise<Subject> {
  return withUpstream(startGatewayNode(compiledNodeFiles(platform)), upstream);
}

/** The conf of `article.conf`, below Debian's own nginx.conf. */
export function startArticle(upstream: Upstream): Promise<Subject> {
  const text = readFileSync(join(import.meta.dirname, 'article.conf'), 'utf8');
  return withUpstream(startGatewayNode([file('/etc/nginx/conf.d/openfaas.conf', text)]), upstream);
}

/** Caddy with its defaults: nothing said but the name, a certificate and where to forward to. */
export async function startCaddy(upstream: Upstream): Promise<Subject> {
  const domain = 'functions.example.no';
  const address = '10.43.0.80:8080';
  const caddyfile = `${domain} {
  tls /etc/caddy/certificate.pem /etc/caddy/key.pem
  reverse_proxy ${address}
}
`;
  const node = await startNode([file('/etc/caddy/Caddyfile', caddyfile)], ['10.43.0.80/32']);
  const { status, stderr } = await node.run(`cd /etc/caddy
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 2 -subj /CN=${domain} \\
      -addext subjectAltName=DNS:${domain} -keyout key.pem -out certificate.pem 2>&1
    ulimit -n "$(ulimit -Hn)"
    HOME=/root caddy start --config Caddyfile >/tmp/caddy.log 2>&1`);
  if (status !== 0) throw new Error(`Caddy does not start: ${stderr}`);
  return withUpstream(Promise.resolve({ node, domain, upstreams: [address] }), upstream);
}

function file(place: string, text: string): NodeFile {
  return { path: place, permissions: '0644', text };
}

async function withUpstream(starting: Promise<GatewayNode>, kind: Upstream): Promise<Subject> {
  const { node, domain, upstreams } = await starting;
  const upstream: Pick<Child, 'stop'> =
    kind === 'fast'
      ? await startFastUpstream(node, upstreams)
      : await startChild(node.enterNetwork, 'stub-upstream.ts', ...upstreams);
  const stop = async () => {
    await upstream.stop();
    await node.stop();
  };
  return { node, domain, path, stop };
}

/** Another nginx, over this machine's own files, so that it does not count as the node's. */
async function startFastUpstream(node: Node, upstreams: readonly string[]): Promise<Pick<Child, 'stop'>> {
  const directory = node.file('/tmp');
  const conf = join(directory, 'upstream.conf');
  const listen = upstreams.map((upstream) => `listen ${upstream} backlog=4096;`).join(' ');
  writeFileSync(
    conf,
    `daemon off; worker_processes auto; pid ${directory}/upstream.pid; error_log ${directory}/upstream.log;
events { worker_connections 8192; }
http {
  access_log off;
  keepalive_requests 100000000;
  server { ${listen} location / { default_type application/json; return 200 '{"status":"ok","amount":1234567}\\n'; } }
}
`,
  );
  const [tool = '', ...args] = [...node.enterNetwork, 'nginx', '-c', conf];
  const child = spawn(tool, args, { stdio: 'ignore' });
  const url = `http://${upstreams[0]}/`;
  const answered = await node.runInNetwork('curl', ['--silent', '--retry', '20', '--retry-connrefused', url]);
  if (answered.status !== 0) throw new Error('the upstream does not start');
  // Its master ends its workers only when it is asked to end.
  return { stop: () => ended(child, 'SIGTERM') };
}

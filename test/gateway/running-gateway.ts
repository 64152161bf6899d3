import type { PlatformConfig } from '../../src/config/platform-config.ts';
import type { ToolRun } from '../conformance/run-tool.ts';
import { startChild } from './child.ts';
import { startJournal } from './journal.ts';
import type { Answer, Ask, Exchange, UpstreamRequest } from './messages.ts';
import { type Node, startNode } from './node.ts';
import { compiledNodeFiles, confOf, domainOf, type NodeFile } from './node-files.ts';

/** nginx of this machine on a node of its own, with a stand-in for the OpenFaaS gateway behind it. */
export interface RunningGateway {
  readonly domain: string;
  readonly node: Node;
  ask(ask: Ask | string): Promise<Answer>;
  /** Sends bytes over TLS as they are and gives what comes back. */
  exchange(exchange: Exchange): Promise<string>;
  /** What has arrived behind nginx since this was last called. */
  arrived(): Promise<UpstreamRequest[]>;
  /** curl, which takes any certificate and finds any name at 127.0.0.1. */
  curl(...args: string[]): Promise<ToolRun>;
  /** Process IDs of nginx's workers, as this machine counts them. */
  workers(): number[];
  stop(): Promise<void>;
}

/** Two addresses of one /64 and one of another, beside ::1. */
export const clients6 = ['fd00:0:0:1::1', 'fd00:0:0:1::2', 'fd00:0:0:2::1'] as const;

/** A compiled platform's gateway, on the emitted files as they are. */
export async function startGateway(config: PlatformConfig): Promise<RunningGateway> {
  return startGatewayOf(compiledNodeFiles(config));
}

/** A gateway of a node that has these files, of which those below /etc/nginx count, over `root` or this machine's own. */
export async function startGatewayOf(files: readonly NodeFile[], root?: string): Promise<RunningGateway> {
  const { node, domain, upstreams } = await startGatewayNode(files, root);
  const children = await Promise.all([
    startChild(node.enterNetwork, 'stub-upstream.ts', ...upstreams),
    startChild(node.enterNetwork, 'client.ts'),
  ]);
  const [stub, client] = children;
  return {
    domain,
    node,
    ask: async (ask) => {
      const one = typeof ask === 'string' ? { path: ask } : ask;
      return (await client.ask({ do: 'ask', ask: { domain, ...one } })) as Answer;
    },
    exchange: async (exchange) =>
      (await client.ask({ do: 'exchange', exchange: { domain, ...exchange } })) as string,
    arrived: async () => (await stub.ask(undefined)) as UpstreamRequest[],
    curl: (...args) =>
      node.runInNetwork('curl', [
        ...['--silent', '--show-error', '--insecure', '--max-time', '100'],
        ...['--resolve', '*:443:127.0.0.1', '--resolve', '*:80:127.0.0.1', ...args],
      ]),
    workers: () => workersOf(node),
    stop: async () => {
      await Promise.all(children.map((child) => child.stop()));
      await node.stop();
    },
  };
}

/** A node with a running nginx, and nothing yet behind it. */
export interface GatewayNode {
  readonly node: Node;
  readonly domain: string;
  /** The addresses with ports that nginx forwards to. */
  readonly upstreams: readonly string[];
}

/** Starts nginx on a node of its own that has these files, over `root` or this machine's own file system. */
export async function startGatewayNode(files: readonly NodeFile[], root?: string): Promise<GatewayNode> {
  const upstreams = [...new Set(upstreamsOf(confOf(files)))].sort();
  const own = upstreams.filter((upstream) => !upstream.startsWith('127.'));
  const addresses = [
    ...own.map((upstream) => `${upstream.split(':', 1)}/32`),
    ...clients6.map((client) => `${client}/64`),
  ];
  const bare = await startNode(files, addresses, root);
  const journal = await startJournal(bare);
  const node: Node = {
    ...bare,
    stop: async () => {
      journal.kill();
      await bare.stop();
    },
  };
  const { status, stderr } = await node.run(startScript(files));
  if (status === 0) return { node, domain: domainOf(files), upstreams };
  await node.stop();
  throw new Error(`nginx does not start: ${stderr}`);
}

/** Process IDs of nginx's workers on a node, as this machine counts them. */
function workersOf(node: Node): number[] {
  return node.processes().flatMap(({ pid, command }) => (command.startsWith('nginx: worker') ? [pid] : []));
}

/** Those on port 80 are other nodes. */
function upstreamsOf(conf: string): string[] {
  return [...conf.matchAll(/^\s*server (\d+\.\d+\.\d+\.\d+:(?!80\b)\d+)/gm)].map(
    ([, upstream = '']) => upstream,
  );
}

/** What the unit's drop-in has done before nginx (without one, just certificates), then nginx as the unit has it. */
function startScript(files: readonly NodeFile[]): string {
  const dropIn = files
    .filter(({ path }) => path.startsWith('/etc/systemd/system/nginx.service.d/'))
    .map(({ text }) => text)
    .join('\n');
  const before = [...dropIn.matchAll(/^ExecStartPre=(.+)$/gm)].map(([, command = '']) => command);
  const pairs = confOf(files).matchAll(/^\s*ssl_certificate (\S+);\s*ssl_certificate_key (\S+);/gm);
  // What systemd gives a service that asks for nothing else.
  const [, limit = '1024'] = /^LimitNOFILE=(\d+)/m.exec(dropIn) ?? [];
  return [
    `ulimit -Sn ${limit}`,
    ...(before.length > 0
      ? before
      : [...pairs].map(([, certificate = '', key = '']) => ensureCertificate(certificate, key))),
    // With its errors in the journal it keeps the standard error that it was started with.
    "nginx -g 'daemon on; master_process on;' 2>/tmp/nginx-start || { cat /tmp/nginx-start >&2; exit 1; }",
  ].join('\n');
}

function ensureCertificate(certificate: string, key: string): string {
  const name = '/CN=throwaway';
  return `mkdir -p "$(dirname ${certificate})" "$(dirname ${key})"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 2 -subj ${name} \\
    -keyout ${key} -out ${certificate} 2>&1`;
}

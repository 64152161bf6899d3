import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { compiledNodes, runOnAppliedNode } from './applied-node.ts';
import { type DistDirectory, distDirectories } from './dist-directories.ts';
import { describeWithTool } from './real-tool.ts';
import { runTool } from './run-tool.ts';

vi.setConfig({ testTimeout: 60_000 });

describeWithTool('unshare', 'nginx on a node serves what was declared and nothing else', () => {
  it.each(compiledNodes())('%s', (_, node) => {
    const { domain, functions } = served(node.dist);
    const run = runOnAppliedNode(node, serveScript(node.dist, domain, functions));
    const lines = run.stdout.trim().split('\n');
    expect({ ...run, stdout: lines }).toEqual({
      status: 0,
      stderr: '',
      stdout: [
        ...functions.flatMap((name) => [
          `/function/${name} 200`,
          `/function/${name}/a?b=c 200`,
          `/function/${name}x 404`,
        ]),
        '/healthz 200',
        '/system/functions 404',
        '/ui/ 404',
        '/async-function/x 404',
        '/ 404',
        'another name: refused',
        `http://${domain}/a?b 308 https://${domain}/a?b`,
        `http://${domain}/.well-known/acme-challenge/x 404`,
        'over IPv6: 200',
      ],
    });
  });
});

describeWithTool('gixy', 'gixy finds nothing of weight', (gixy) => {
  it.each(distDirectories().map((dist) => [dist.name, dist] as const))('%s', (_, { path }) => {
    const run = runTool(gixy, ['-ll', '--format', 'json', join(path, 'nginx/openfaas.conf')]);
    expect(JSON.parse(run.stdout)).toEqual([]);
  });
});

function served({ path }: DistDirectory): { domain: string; functions: string[] } {
  const stack = parse(readFileSync(join(path, 'stack.yaml'), 'utf8')) as {
    provider: { gateway: string };
    functions: Record<string, unknown>;
  };
  return { domain: new URL(stack.provider.gateway).hostname, functions: Object.keys(stack.functions) };
}

/** Requests from the node itself, with something that answers in the gateway's place. */
function serveScript({ path }: DistDirectory, domain: string, functions: readonly string[]): string {
  const conf = readFileSync(join(path, 'nginx/openfaas.conf'), 'utf8');
  const [, address, port] = /^\s*server (\d+\.\d+\.\d+\.\d+):(\d+)/m.exec(conf) ?? [];
  const paths = [
    ...functions.flatMap((name) => [`/function/${name}`, `/function/${name}/a?b=c`, `/function/${name}x`]),
    ...['/healthz', '/system/functions', '/ui/', '/async-function/x', '/'],
  ];
  return `
ip address add ${address}/32 dev lo
node '${join(import.meta.dirname, 'gateway-stand-in.mjs')}' ${address} ${port} &
curl --silent --output /dev/null --retry 50 --retry-delay 1 --retry-connrefused http://${address}:${port}/
get() {
  curl --silent --insecure --max-time 20 --output /dev/null --write-out "$2" \\
    --resolve '*:443:127.0.0.1' --resolve '*:80:127.0.0.1' "$1"
}
for path in ${paths.map((each) => `'${each}'`).join(' ')}; do
  # Slow enough for any rate limit.
  get "https://${domain}$path" "$path %{http_code}\\n"
  sleep 0.25
done
get https://another.example/ '' && exit 1 || echo 'another name: refused'
get 'http://${domain}/a?b' 'http://${domain}/a?b %{http_code} %{redirect_url}\\n'
get http://${domain}/.well-known/acme-challenge/x 'http://${domain}/.well-known/acme-challenge/x %{http_code}\\n'
curl --silent --insecure --output /dev/null --write-out 'over IPv6: %{http_code}\\n' \\
  --resolve '${domain}:443:[::1]' https://${domain}/healthz
`;
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Node } from './node.ts';

/** What wrk saw. */
export interface Load {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers outside 2xx and 3xx. */
  readonly failed: number;
  /** Connections that could not be made, reads and writes that failed, and requests without an answer in time. */
  readonly socketErrors: number;
}

// wrk's own report rounds; its script interface has the figures.
const script = `
function done(summary, latency)
  local e = summary.errors
  io.stdout:write(string.format('figures %d %d %d %d %d %d\\n', summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), e.status, e.connect + e.read + e.write + e.timeout))
end
`;

/** Asks for a function with so many clients on kept TLS connections for so long. */
export async function load(
  { node, domain }: { readonly node: Node; readonly domain: string },
  { clients, seconds, path = '/function/echo' }: { clients: number; seconds: number; path?: string },
): Promise<Load> {
  const file = '/tmp/wrk.lua';
  writeFileSync(node.file(file), script);
  const { stdout, stderr } = await node.run(
    `grep -q ' ${domain}$' /etc/hosts || echo '127.0.0.1 ${domain}' >>/etc/hosts
     ulimit -n "$(ulimit -Hn)"
     wrk --threads 2 --connections ${clients} --duration ${seconds}s --timeout 30s --script ${file} \\
       https://${join(domain, path)}`,
  );
  const figures = /^figures (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)$/m.exec(stdout)?.slice(1).map(Number);
  if (figures === undefined) throw new Error(`wrk said: ${stdout}${stderr}`);
  const [requests = 0, microseconds = 0, p50 = 0, p99 = 0, failed = 0, socketErrors = 0] = figures;
  return { requests, seconds: microseconds / 1e6, p50: p50 / 1000, p99: p99 / 1000, failed, socketErrors };
}

import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import type { Directive } from '../../../nginx/directive.ts';
import { directivesBelow } from '../../../nginx/find.ts';
import { headerBuffers, requestMemory, worstMemory } from '../../../platform/gateway/memory.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { Dist, DistNode } from '../../dist.ts';
import { bytesOf } from '../../nginx/value.ts';
import type { Rule } from '../rule.ts';

/**
 * One client cannot take a node's memory: what the conf lets nginx hold at once, with every connection and every
 * request at its largest, fits in what systemd lets it have, and this leaves more than half of the node to the others.
 */
export const memoryBounded: Rule = {
  name: 'memory-bounded',
  harm: 'lost calls',
  loss: "One client could take a node's memory, and with it everything that runs there.",
  check: (dist) => dist.nodes.filter(({ nginx }) => nginx.length > 0).flatMap((node) => problems(dist, node)),
};

function problems({ lock }: Dist, node: DistNode): Diagnostic[] {
  const at = { artifact: { path: node.path } };
  const [, bytes] = /^MemoryMax=(\d+)$/m.exec(node.files.get(places.nginxDropIn)?.text ?? '') ?? [];
  const worst = worstOf(node);
  const unbounded = Number.isFinite(worst)
    ? []
    : [report('verify/requests-unbounded', [], { node: node.name }, at)];
  if (bytes === undefined) {
    return [report('verify/memory-limit-missing', [], { node: node.name }, at), ...unbounded];
  }
  const limit = Number(bytes);
  const memories = lock.nodes.filter(({ name }) => name === node.name).map(({ memory }) => memory);
  return [
    ...memories
      .filter((memory) => limit > memory / 2)
      .map((memory) => report('verify/memory-limit-too-high', [], { node: node.name, limit, memory }, at)),
    ...unbounded,
    ...(Number.isFinite(worst) && worst > limit
      ? [report('verify/memory-unbounded', [], { node: node.name, worst, limit }, at)]
      : []),
  ];
}

/** Of everything in the conf, the largest. Infinite where a server counts no requests. */
function worstOf(node: DistNode): number {
  const all = (name: string): Directive[] =>
    node.nginx.flatMap(({ statements }) => directivesBelow(statements, name));
  const largest = (name: string, value: (args: readonly string[]) => number) =>
    Math.max(0, ...all(name).map(({ args }) => value(args)));
  const first = (name: string) => largest(name, ([size = '']) => bytesOf(size));
  const [buffers] = all('proxy_buffers').sort((a, b) => answer(b.args) - answer(a.args));
  const passing = all('server').filter(({ block = [] }) => directivesBelow(block, 'proxy_pass').length > 0);
  const counted = passing.map(({ block = [] }) =>
    directivesBelow(block, 'limit_conn').map(shared).filter(isNumber),
  );
  const zones = ['limit_req_zone', 'limit_conn_zone', 'ssl_session_cache'].flatMap(all).map(zoneSize);
  const sessions = new Map(zones);
  const workers = largest('worker_processes', ([count]) => Number(count)) || 1;
  const connections = largest('worker_connections', ([count]) => Number(count)) || 512;
  const headers = largest('large_client_header_buffers', answer);
  const ofHeaders = Math.max(0, headers - headerBuffers.count * headerBuffers.size);
  const worst = worstMemory({
    workers,
    connections,
    requests: counted.some((limits) => limits.length === 0)
      ? Number.POSITIVE_INFINITY
      : Math.max(...counted.flat()),
    requestMemory: requestMemory(
      {
        count: Number(buffers?.args[0] ?? 8),
        size: bytesOf(buffers?.args[1] ?? '8k'),
        header: first('proxy_buffer_size'),
      },
      first('client_body_buffer_size'),
    ),
    zones: [...sessions.values()].reduce((sum, size) => sum + size, 0),
  });
  return worst + workers * connections * ofHeaders;

  /** The number of a limit whose key is the same for all clients. */
  function shared({ args: [zone, count] }: Directive): number | undefined {
    const isShared = all('limit_conn_zone').some(
      ({ args }) => !args[0]?.includes('$') && args.some((arg) => arg.startsWith(`zone=${zone}:`)),
    );
    return isShared ? Number(count) : undefined;
  }
}

function answer([count = '', size = '']: readonly string[]): number {
  return Number(count) * bytesOf(size);
}

function zoneSize({ args }: Directive): readonly [name: string, bytes: number] {
  const [, name = '', size = '0'] = /(?:zone=|shared:)([^:]+):(\w+)/.exec(args.join(' ')) ?? [];
  return [name, bytesOf(size)];
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined;
}

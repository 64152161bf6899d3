import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { directivesBelow } from '../../../nginx/find.ts';
import { parseSize } from '../../../units/amounts.ts';
import type { DistNode } from '../../dist.ts';
import type { Rule } from '../rule.ts';

/** The most that the queue of the community edition takes, which the gateway reads whole before it looks. */
const queued = 256_000;

/**
 * Along the path each part has room for what the one before it may send: systemd gives nginx as many files as its
 * workers ask for, these are enough for two connections a call, and no more idle ones are kept than there can be.
 */
export const limitsInOrder: Rule = {
  name: 'limits-in-order',
  harm: 'lost calls',
  loss: 'nginx would run out of files or connections and refuse calls before its limits say so.',
  check: ({ nodes }) =>
    nodes.flatMap((node) => [...openFiles(node), ...connections(node), ...asyncBodies(node)]),
};

/** LimitNOFILE of the unit that K3s' installer writes. */
const k3sFiles = 1_048_576;

/** A process cannot be given more files than the kernel lets one have, and its unit does not start then. */
function openFiles({ name, sysctls, files }: DistNode): Diagnostic[] {
  const units = [...files.values()].flatMap(({ text }) => text.match(/(?<=^LimitNOFILE=)\d+/gm) ?? []);
  const wanted: [key: string, least: number][] = [
    ['fs.nr_open', Math.max(k3sFiles, ...units.map(Number))],
    ['fs.file-max', k3sFiles],
  ];
  return wanted
    .filter(([key, least]) => sysctls[key] !== undefined && Number(sysctls[key]) < least)
    .map(([key, least]) => {
      const problem = `${key} ${sysctls[key]} is less than the ${least} open files that K3s may have`;
      return report('verify/limits-out-of-order', ['kernel', 'sysctl', key], { node: name, problem });
    });
}

function connections(node: DistNode): Diagnostic[] {
  const numbers = (name: string) =>
    node.nginx
      .flatMap(({ statements }) => directivesBelow(statements, name))
      .map(({ args }) => Number(args[0]))
      .filter((value) => !Number.isNaN(value));
  const limits = [...node.files.values()].flatMap(({ text }) =>
    [...text.matchAll(/^LimitNOFILE=(\d+)/gm)].map(([, value]) => Number(value)),
  );
  const [perWorker] = numbers('worker_connections');
  const [files] = numbers('worker_rlimit_nofile');
  const kept = numbers('keepalive');
  const waiting = node.nginx
    .flatMap(({ statements }) => directivesBelow(statements, 'listen'))
    .flatMap(({ args }) => args.flatMap((arg) => /^backlog=(\d+)$/.exec(arg)?.[1] ?? []));
  const somaxconn = node.sysctls['net.core.somaxconn'];
  const wrong: [boolean, string][] = [
    [
      perWorker !== undefined && files === undefined,
      'worker_connections is set, and worker_rlimit_nofile is not',
    ],
    [
      perWorker !== undefined && files !== undefined && files < 2 * perWorker,
      `worker_rlimit_nofile ${files} is less than two for each of ${perWorker} worker_connections`,
    ],
    [
      files !== undefined && limits.some((limit) => limit < files),
      `systemd's LimitNOFILE ${limits.join()} is less than worker_rlimit_nofile ${files}`,
    ],
    [
      somaxconn !== undefined && waiting.some((count) => Number(count) > Number(somaxconn)),
      `backlog=${waiting.join()} is more than net.core.somaxconn ${somaxconn}, and the kernel cuts it`,
    ],
    [
      perWorker !== undefined && kept.some((count) => count > perWorker),
      `keepalive ${Math.max(0, ...kept)} is more than ${perWorker} worker_connections`,
    ],
  ];
  return wrong
    .filter(([is]) => is)
    .map(([, problem]) => report('verify/limits-out-of-order', [], { node: node.name, problem }));
}

function asyncBodies(node: DistNode): Diagnostic[] {
  return node.nginx
    .flatMap(({ statements }) => directivesBelow(statements, 'location'))
    .filter(({ args }) => args.some((arg) => arg.startsWith('/async-function/')))
    .flatMap(({ args, block = [] }) => {
      const [own] = directivesBelow(block, 'client_max_body_size');
      const size = own?.args[0] ?? 'what all others take';
      const bytes = bytesOf(size);
      const problem = `${args.at(-1)} takes bodies of ${size}, and the queue ${queued} bytes`;
      return bytes <= queued ? [] : [report('verify/limits-out-of-order', [], { node: node.name, problem })];
    });
}

function bytesOf(size: string): number {
  if (/^\d+$/.test(size)) return Number(size);
  return /^\d+[kmg]$/i.test(size) ? parseSize(size) : Number.POSITIVE_INFINITY;
}

import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { type Params, report } from '../../../diagnostics/report.ts';
import type { Directive } from '../../../nginx/directive.ts';
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
  return wanted.flatMap(([key, needed]) => {
    const value = sysctls[key];
    return value === undefined || Number(value) >= needed
      ? []
      : [
          report('verify/kernel-files-too-few', ['kernel', 'sysctl', key], {
            node: name,
            key,
            value,
            needed,
          }),
        ];
  });
}

type Limit = Params<'verify/limits-out-of-order'>['smaller'];

function connections(node: DistNode): Diagnostic[] {
  const { name, sysctls } = node;
  const [perWorker] = numbers(node, 'worker_connections');
  const [files] = numbers(node, 'worker_rlimit_nofile');
  const somaxconn = sysctls['net.core.somaxconn'];
  const ofUnits = [...node.files.values()].flatMap(({ text }) => text.match(/(?<=^LimitNOFILE=)\d+/gm) ?? []);
  const backlogs = directives(node, 'listen').flatMap(({ args }) =>
    args.flatMap((arg) => /^backlog=(\d+)$/.exec(arg)?.[1] ?? []),
  );
  const pairs: [smaller: Limit | undefined, larger: Limit | undefined][] = [
    [
      files,
      perWorker && {
        name: `twice its worker_connections of ${perWorker.value}`,
        value: 2 * perWorker.value,
      },
    ],
    ...limits("systemd's LimitNOFILE", ofUnits).map((unit): [Limit, Limit | undefined] => [unit, files]),
    ...limits('the backlog of a socket', backlogs).map((backlog): [Limit | undefined, Limit] => [
      limits('net.core.somaxconn', somaxconn === undefined ? [] : [somaxconn])[0],
      backlog,
    ]),
    ...numbers(node, 'keepalive').map((kept): [Limit | undefined, Limit] => [perWorker, kept]),
  ];
  return [
    ...(perWorker !== undefined && files === undefined
      ? [report('verify/worker-files-not-set', [], { node: name, connections: perWorker.value })]
      : []),
    ...pairs.flatMap(([smaller, larger]) =>
      smaller !== undefined && larger !== undefined && smaller.value < larger.value
        ? [report('verify/limits-out-of-order', [], { node: name, smaller, larger })]
        : [],
    ),
  ];
}

/** Each value once. */
function limits(name: string, values: readonly string[]): Limit[] {
  return [...new Set(values.map(Number))]
    .filter((value) => !Number.isNaN(value))
    .map((value) => ({ name, value }));
}

function directives({ nginx }: DistNode, name: string): Directive[] {
  return nginx.flatMap(({ statements }) => directivesBelow(statements, name));
}

function numbers(node: DistNode, name: string): Limit[] {
  return limits(
    name,
    directives(node, name).map(({ args }) => args[0] ?? ''),
  );
}

function asyncBodies(node: DistNode): Diagnostic[] {
  return directives(node, 'location').flatMap(({ args, block = [] }) => {
    const location = args.at(-1) ?? '';
    const [size] = directivesBelow(block, 'client_max_body_size')[0]?.args ?? [];
    return !location.startsWith('/async-function/') || bytesOf(size ?? '') <= queued
      ? []
      : [
          report('verify/async-body-too-large', [], {
            node: node.name,
            location,
            queued,
            ...(size && { size }),
          }),
        ];
  });
}

function bytesOf(size: string): number {
  if (/^\d+$/.test(size)) return Number(size);
  return /^\d+[kmg]$/i.test(size) ? parseSize(size) : Number.POSITIVE_INFINITY;
}

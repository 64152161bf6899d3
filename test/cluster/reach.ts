import { type ChildProcess, execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { spawnBound } from '../../src/rehearse/bound.ts';
import type { Machine } from '../../src/rehearse/machine.ts';
import { type Listener, listenersOf, nameOf, nodePorts, outside, podsOf } from './listeners.ts';
import { type Caller, computed } from './reach-computed.ts';
import type { Running } from './running.ts';

/** Who reaches whom: one line for each pair, tried and computed, and a table of both. */
export interface Matrix {
  readonly tried: readonly string[];
  readonly computed: readonly string[];
  readonly table: string;
}

interface TryingCaller extends Caller {
  /** How a program is run where it is. */
  readonly inside: readonly string[];
  /** The address that it takes; undefined: the usual one. */
  readonly bound?: string;
}

/** A machine of somebody else's in the nodes' network, and one somewhere in the world. */
const strangers = { neighbour: '10.20.0.99', 'somebody in the world': '198.51.100.1' };

/**
 * Who reaches whom: tried from the network of each pod, each node and two strangers, and computed as `verify` does.
 * Everybody listens: where a pair does not reach anybody of the platform's, the test does.
 */
export async function matrixOf(running: Running): Promise<Matrix> {
  const callers = [...podCallers(running), ...nodeCallers(running), ...strangersOf(running)];
  const helpers = listenEverywhere(running, callers);
  try {
    const listeners = listenersOf(running);
    await wait(3000);
    const rows = await tryAll(running, callers, listeners);
    const pairs = callers.flatMap((caller, at) =>
      listeners.flatMap((listener, index) => {
        if (listener.end.address === caller.address) return [];
        const reached = rows[at]?.[index] ?? false;
        return [{ caller, listener, reached, may: computed(running, caller, listener) }];
      }),
    );
    const line = (pair: (typeof pairs)[number], answer: boolean) =>
      `${pair.caller.name} -> ${pair.listener.name}: ${answer}`;
    return {
      tried: pairs.map((pair) => line(pair, pair.reached)),
      computed: pairs.map((pair) => line(pair, pair.may)),
      table: printed(callers, listeners, pairs),
    };
  } finally {
    for (const helper of helpers) helper.kill('SIGKILL');
  }
}

/** A row for each listener, a column for each caller; `x` where tried and computed differ. */
function printed(
  callers: readonly Caller[],
  listeners: readonly Listener[],
  pairs: readonly { caller: Caller; listener: Listener; reached: boolean; may: boolean }[],
): string {
  const width = Math.max(...listeners.map(({ name }) => name.length));
  const cell = (caller: Caller, listener: Listener): string => {
    const pair = pairs.find((one) => one.caller === caller && one.listener === listener);
    if (pair === undefined) return ' ';
    if (pair.reached !== pair.may) return pair.reached ? 'X' : 'x';
    return pair.reached ? '+' : '.';
  };
  return [
    ...callers.map(({ name }, index) => `${String.fromCharCode(97 + index)} = ${name}`),
    '+ reaches it, . does not: tried, and computed from dist/; x differs',
    `${''.padEnd(width)} ${callers.map((_, index) => String.fromCharCode(97 + index)).join(' ')}`,
    ...listeners.map(
      (listener) =>
        `${listener.name.padEnd(width)} ${callers.map((caller) => cell(caller, listener)).join(' ')}`,
    ),
  ].join('\n');
}

function podCallers(running: Running): TryingCaller[] {
  const networks = new Map(running.machines.map((machine) => [machine.name, networksOf(machine)]));
  return podsOf(running).map((pod) => {
    const address = pod.status.podIP ?? '';
    const node = pod.spec.nodeName ?? '';
    const network = networks.get(node)?.get(address);
    if (network === undefined) throw new Error(`no network of ${node} has ${address}`);
    return { name: nameOf(pod), address, pod, node, inside: ['nsenter', `--net=${network}`] };
  });
}

/** The networks of a machine's pods, as files that the host can open, by address. */
function networksOf(machine: Machine): ReadonlyMap<string, string> {
  const script =
    'for one in /run/netns/*; do echo "$one $(nsenter --net="$one" ip -4 -brief address show dev eth0)"; done';
  const lines = machine.must('bash', '-c', script).trim().split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [, file = '', address = ''] = /^(\S+) .* ([\d.]+)\/\d+/.exec(line) ?? [];
      return address === '' ? [] : [[address, `/proc/${pidOf(machine)}/root${file}`] as const];
    }),
  );
}

function pidOf(machine: Machine): string {
  const [, , pid = ''] = machine.insideNetwork() ?? [];
  return pid;
}

function nodeCallers({ machines }: Running): TryingCaller[] {
  return machines.map((machine) => ({
    name: `${machine.name} itself`,
    address: machine.address,
    node: machine.name,
    inside: machine.insideNetwork() ?? [],
  }));
}

/** They know where pods are, and send what is for pods and Services to the node that could pass it on. */
function strangersOf({ world, podNetworks, machines, first }: Running): TryingCaller[] {
  for (const address of Object.values(strangers)) {
    world.run('ip', 'address', 'replace', `${address}/32`, 'dev', 'world');
  }
  for (const { name, address } of machines) {
    world.run('ip', 'route', 'replace', podNetworks.get(name) ?? '', 'via', address);
  }
  world.run('ip', 'route', 'replace', '10.43.0.0/16', 'via', first.address);
  return Object.entries(strangers).map(([name, address]) => ({
    name,
    address,
    bound: address,
    inside: ['nsenter', ...world.inside()],
  }));
}

function listenEverywhere({ world, machines }: Running, callers: readonly TryingCaller[]): ChildProcess[] {
  for (const address of Object.values(outside)) {
    world.run('ip', 'address', 'replace', `${address}/32`, 'dev', 'world');
  }
  const script = join(import.meta.dirname, 'listen.mjs');
  const listen = (inside: readonly string[], address: string, ports: readonly number[]) =>
    spawnBound(
      [...inside, process.execPath, script, address, ...ports.map(String)],
      ['ignore', 'ignore', 'inherit'],
    );
  return [
    ...Object.values(outside).map((address) => listen(['nsenter', ...world.inside()], address, [80])),
    ...machines.map((machine) =>
      listen(
        machine.insideNetwork() ?? [],
        '0.0.0.0',
        nodePorts.map(([, port]) => port),
      ),
    ),
    ...callers
      .filter(({ pod }) => pod?.metadata.labels.app === 'queue-worker')
      .map(({ inside, address }) => listen(inside, address, [8080])),
  ];
}

/** From all callers at once, but for UDP, where the node's counter shows what came. */
async function tryAll(
  { machines }: Running,
  callers: readonly TryingCaller[],
  listeners: readonly Listener[],
): Promise<boolean[][]> {
  const rows = await Promise.all(
    callers.map((caller) =>
      tryFrom(
        caller,
        listeners.filter(({ protocol }) => protocol === 'tcp'),
      ),
    ),
  );
  const datagrams = listeners.filter(({ protocol }) => protocol === 'udp');
  const counted = (listener: Listener) =>
    droppedFrames(machines.find(({ address }) => address === listener.address));
  const came: boolean[][] = [];
  for (const caller of datagrams.length === 0 ? [] : callers) {
    const before = datagrams.map(counted);
    await tryFrom(caller, datagrams);
    came.push(datagrams.map((listener, index) => counted(listener) - (before[index] ?? 0) >= frames / 2));
  }
  return rows.map((row, at) => {
    const [tcp, udp] = [[...row], [...(came[at] ?? [])]];
    return listeners.map(({ protocol }) => (protocol === 'tcp' ? tcp : udp).shift() ?? false);
  });
}

/** How many frames are sent to a UDP port. */
const frames = 200;

/** Frames that came by flannel's card and were for nobody. */
function droppedFrames(machine: Machine | undefined): number {
  return Number(machine?.must('cat', '/sys/class/net/flannel.1/statistics/rx_dropped'));
}

const run = promisify(execFile);

async function tryFrom(
  { inside, bound = 'any' }: TryingCaller,
  listeners: readonly Listener[],
): Promise<boolean[]> {
  const script = join(import.meta.dirname, 'reach.mjs');
  const [program = '', ...args] = [...inside, process.execPath, script, bound, String(frames)];
  const targets = listeners.map(
    ({ address, port, protocol }) => `${address}:${port}${protocol === 'udp' ? '/udp' : ''}`,
  );
  const { stdout } = await run(program, [...args, ...targets]);
  return JSON.parse(stdout) as boolean[];
}

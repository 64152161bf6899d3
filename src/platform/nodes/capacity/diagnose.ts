import type { PlatformConfig } from '../../../config/platform-config.ts';
import { type ConfigPath, type Diagnostic, hasErrors } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import type { Platform } from '../../platform.ts';
import { takesPods } from '../taints.ts';
import { askedBy, type NodeRoom, nodeRooms, podsOf, smallestSize, updateRoom } from './capacity.ts';
import { mostCopies } from './most-copies.ts';
import { firstFitDecreasing } from './packing.ts';
import { isWithin, plus, type Room, sum } from './room.ts';
import { type RunningPods, runningPods } from './running-pods.ts';

const mib = 1024 ** 2;

/** What the sentences of a shortage say: the resource, and its amounts with their units. */
interface Shortage {
  readonly key: 'memory' | 'cpus';
  readonly what: string;
  readonly asked: string;
  readonly there: string;
  readonly missing: string;
}

/** Reports nodes on which the pods that always run have no room, and copies that no node can hold. */
export function diagnoseCapacity(platform: Platform, config: PlatformConfig): Diagnostic[] {
  const rooms = nodeRooms(platform);
  const overReserved = rooms.flatMap((one) => diagnoseReservations(one, config));
  if (overReserved.length > 0) return overReserved;

  const usable = rooms.filter(({ node }) => takesPods(node.taints));
  const running = runningPods(platform);
  const tooLarge = (pods: readonly RunningPods[]) =>
    pods.flatMap((each) => diagnoseSinglePod(each, usable, config));
  // A request that nobody wrote is not what is wrong: then the node is too small.
  const [written, others] = partition(running, ({ name, isFunction, path }) => {
    if (path !== undefined) return true;
    const { memory, cpu } = (isFunction && config.functions[name]) || {};
    return (memory?.request ?? cpu?.request) !== undefined;
  });
  const functions = tooLarge(written);
  if (functions.length > 0) return functions;

  const together = diagnoseTogether(platform, running, usable, config);
  if (hasErrors(together)) return together;
  const parts = tooLarge(others);
  if (parts.length > 0) return parts;
  if (together.length > 0) return together;
  return [...diagnoseLoss(platform, running, usable), ...diagnoseMost(config, running, usable)];
}

function partition<T>(all: readonly T[], is: (one: T) => boolean): readonly [T[], T[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
}

function diagnoseReservations({ node, room }: NodeRoom, config: PlatformConfig): Diagnostic[] {
  return (['memory', 'cpus'] as const).flatMap((key) => {
    const left = key === 'memory' ? room.memory : room.cpu;
    if (left > 0) return [];
    const inUnits = key === 'memory' ? mebibytes : cores;
    const whole = key === 'memory' ? node.memory : node.cpus * 1000;
    const params = {
      node: node.name,
      key,
      what: nouns[key],
      size: inUnits(whole),
      missing: inUnits(-left),
      plan: config.nodes[node.name]?.plan,
    };
    const { path, at } = placeOfSize(config, node.name, key);
    return [report('resolve/node-over-reserved', path, params, { at })];
  });
}

function diagnoseSinglePod(
  { name, copies, request, isFunction, path: own }: RunningPods,
  usable: readonly NodeRoom[],
  config: PlatformConfig,
): Diagnostic[] {
  if (copies === 0 || usable.some(({ room }) => isWithin(request, room))) return [];
  return (['memory', 'cpus'] as const).flatMap((key) => {
    const amount = (room: Room) => (key === 'memory' ? room.memory : room.cpu);
    const most = usable.reduce((best, one) => (amount(one.room) > amount(best.room) ? one : best));
    if (amount(request) <= amount(most.room)) return [];
    const inUnits = key === 'memory' ? mebibytes : cores;
    const params = {
      name,
      what: nouns[key],
      asked: inUnits(amount(request)),
      node: most.node.name,
      there: inUnits(Math.max(0, amount(most.room))),
      isFunction,
    };
    const path = isFunction
      ? requestPath(config, name, key)
      : (own ?? placeOfSize(config, most.node.name, key).path);
    return [report('resolve/pod-over-nodes', path, params)];
  });
}

function diagnoseTogether(
  platform: Platform,
  running: readonly RunningPods[],
  usable: readonly NodeRoom[],
  config: PlatformConfig,
): Diagnostic[] {
  const update = updateRoom(running);
  const asked = plus(askedBy(running), update);
  const there = sum(usable.map(({ room }) => room));
  const short = shortages(asked, there);
  const [only] = platform.nodes.length === 1 ? platform.nodes : [];
  const errors = short.map((shortage) => {
    const most = largestFunction(running, shortage.key);
    const enough = only && smallestSize(platform)[shortage.key];
    const params = {
      ...shortage,
      ...most,
      node: only?.name,
      enough,
      plan: only && config.nodes[only.name]?.plan,
    };
    const { path, at } = only
      ? placeOfSize(config, only.name, shortage.key)
      : { path: ['nodes'], at: 'key' as const };
    return report('resolve/pods-over-nodes', path, params, { at });
  });
  if (errors.length > 0) return errors;

  const items = [...podsOf(running), { request: update }];
  const left = firstFitDecreasing(
    items,
    usable.map(({ room }) => room),
  );
  return left.length === 0
    ? []
    : [
        report(
          'resolve/pods-not-packed',
          ['nodes'],
          { count: left.length, pods: items.length },
          { at: 'key' },
        ),
      ];
}

/** A single server is not replaced: without it no pod can move, so only the agents beside it are taken away. */
function diagnoseLoss(
  { nodes }: Platform,
  running: readonly RunningPods[],
  usable: readonly NodeRoom[],
): Diagnostic[] {
  const isAlone = nodes.filter(({ role }) => role === 'server').length === 1;
  const asked = askedBy(running);
  const losable = usable
    .filter(({ node }) => !(isAlone && node.role === 'server'))
    .sort((a, b) => b.room.memory - a.room.memory);
  for (const lost of losable) {
    const rest = usable.filter((one) => one !== lost).map(({ room }) => room);
    const [shortage] = shortages(asked, sum(rest));
    if (shortage !== undefined) {
      const params = { ...shortage, lost: lost.node.name };
      return [report('resolve/pods-over-rest', ['nodes', lost.node.name], params, { at: 'key' })];
    }
    const left = firstFitDecreasing(podsOf(running), rest).length;
    if (left > 0) {
      const params = { lost: lost.node.name, left };
      return [report('resolve/rest-not-packed', ['nodes', lost.node.name], params, { at: 'key' })];
    }
  }
  return [];
}

/** Of each function whose `max` is written: with all others at their least, how many copies there is room for. */
function diagnoseMost(
  config: PlatformConfig,
  running: readonly RunningPods[],
  usable: readonly NodeRoom[],
): Diagnostic[] {
  const rooms = usable.map(({ room }) => room);
  return running
    .filter(({ isFunction }) => isFunction)
    .flatMap((pods) => {
      const max = config.functions[pods.name]?.replicas?.max;
      if (max === undefined || max <= pods.copies) return [];
      const most = mostCopies(pods, running, rooms, max);
      if (most === max) return [];
      const params = { name: pods.name, max, most };
      return [report('resolve/copies-over-nodes', ['functions', pods.name, 'replicas', 'max'], params)];
    });
}

const nouns = { memory: 'memory', cpus: 'processors' } as const;

function shortages(asked: Room, there: Room): Shortage[] {
  const all: readonly [Shortage['key'], number, number, (amount: number) => string][] = [
    ['memory', asked.memory, there.memory, mebibytes],
    ['cpus', asked.cpu, there.cpu, cores],
  ];
  return all
    .filter(([, wanted, has]) => wanted > has)
    .map(([key, wanted, has, inUnits]) => ({
      key,
      what: nouns[key],
      asked: inUnits(wanted),
      there: inUnits(has),
      missing: inUnits(wanted - has),
    }));
}

/** The function whose copies ask for most. */
function largestFunction(running: readonly RunningPods[], key: Shortage['key']) {
  const asks = ({ copies, request }: RunningPods) =>
    copies * (key === 'memory' ? request.memory : request.cpu);
  const [most] = running.filter(({ isFunction }) => isFunction).sort((a, b) => asks(b) - asks(a));
  const inUnits = key === 'memory' ? mebibytes : cores;
  return { most: most?.name ?? '', mostAsks: inUnits(most === undefined ? 0 : asks(most)) };
}

/** A node's size where it is written, or its plan, else the node. */
function placeOfSize(
  config: PlatformConfig,
  name: string,
  key: 'memory' | 'cpus',
): { readonly path: ConfigPath; readonly at: 'key' | 'value' } {
  const node = config.nodes[name];
  const written = node?.[key] === undefined ? node?.plan && 'plan' : key;
  return written === undefined
    ? { path: ['nodes', name], at: 'key' }
    : { path: ['nodes', name, written], at: 'value' };
}

/** A function's request where it is written, else the function. */
function requestPath(config: PlatformConfig, name: string, key: 'memory' | 'cpus'): ConfigPath {
  const section = key === 'memory' ? 'memory' : 'cpu';
  const written = config.functions[name]?.[section];
  if (written === undefined) return ['functions', name];
  return written.request === undefined
    ? ['functions', name, section]
    : ['functions', name, section, 'request'];
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / mib).toLocaleString('en')} MiB`;
}

function cores(thousandths: number): string {
  return String(thousandths / 1000);
}

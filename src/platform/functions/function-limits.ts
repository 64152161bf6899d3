import type { FunctionConfig } from '../../config/functions/function.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { formatDuration, largestAmounts, parseCpu, parseMemory } from '../../units/amounts.ts';
import { drainTime, type PlatformFunction, queueBodyLimit } from './function.ts';
import { diagnoseSchedules } from './schedules.ts';
import { diagnoseTraffic } from './traffic.ts';

/** With secrets, a volume is called `<name>-projected-secrets`, and 63 characters is what a volume's name may have. */
const longestNameWithSecrets = 63 - '-projected-secrets'.length;

/** A CronJob's name is followed by 11 characters in its Jobs' names. Source: kubernetes.io, "CronJob limitations". */
const longestNameWithSchedule = 52;

type At = (...rest: string[]) => ConfigPath;

/** Reports settings of one function that contradict each other or do not do what they seem to. */
export function diagnoseFunction(
  fn: PlatformFunction,
  written: FunctionConfig,
  config: PlatformConfig,
): Diagnostic[] {
  const at: At = (...rest) => ['functions', fn.name, ...rest];
  return [
    ...diagnoseName(fn, at),
    ...diagnoseResources(fn, at),
    ...diagnoseTimes(fn, written, at),
    ...diagnoseQueue(fn, written, config, at),
    ...diagnoseSchedules(fn, written, config),
    ...diagnosePod(fn, written, at),
    ...diagnoseTraffic(fn, written.traffic),
  ];
}

function diagnoseName({ name, secrets, schedules }: PlatformFunction, at: At): Diagnostic[] {
  const tooLong = (what: string, limit: number) =>
    name.length > limit ? [report('resolve/name-too-long', at(), { name, what, limit }, { at: 'key' })] : [];
  return [
    ...(secrets.length > 0 ? tooLong('secrets', longestNameWithSecrets) : []),
    ...(schedules.length > 0 ? tooLong('a schedule', longestNameWithSchedule - more(schedules)) : []),
  ];
}

/** Characters that the number behind a name takes where there are several schedules. */
function more({ length }: readonly unknown[]): number {
  return length === 1 ? 0 : `-${length}`.length;
}

const mebibyte = 2 ** 20;

/** Below the first, container runtimes start nothing (Docker refuses it by name); below the second, a log of one line is too long. */
const least = { memory: 6 * mebibyte, disk: mebibyte };

function diagnoseResources({ memory, cpu, disk }: PlatformFunction, at: At): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const small = (what: string, amount: string, needed: number, path: ConfigPath) => {
    if (parseMemory(amount) >= needed) return;
    const params = { what, amount, needed: `${needed / mebibyte}Mi` };
    diagnostics.push(report('resolve/amount-too-small', path, params));
  };
  small('memory', memory.limit, least.memory, at('memory', 'limit'));
  small('disk', disk, least.disk, at('disk'));
  diagnostics.push(...diagnoseLargest({ memory, cpu, disk }, at), ...diagnoseNoCpu(cpu, at));
  // Every request is above a limit that is too small.
  if (parseMemory(memory.request) > Math.max(parseMemory(memory.limit), least.memory)) {
    diagnostics.push(report('resolve/request-over-limit', at('memory'), { what: 'memory', ...memory }));
  }
  if (cpu.limit !== undefined && parseCpu(cpu.request) > parseCpu(cpu.limit)) {
    const params = { what: 'cpu', request: cpu.request, limit: cpu.limit };
    diagnostics.push(report('resolve/request-over-limit', at('cpu'), params));
  }
  return diagnostics;
}

function diagnoseLargest(
  { memory, cpu, disk }: Pick<PlatformFunction, 'memory' | 'cpu' | 'disk'>,
  at: At,
): Diagnostic[] {
  const amounts: [what: string, amount: string | undefined, isTooLarge: boolean, path: ConfigPath][] = [
    ...(['request', 'limit'] as const).flatMap((key): typeof amounts => [
      ['memory', memory[key], parseMemory(memory[key]) > largestAmounts.memory, at('memory', key)],
      ['cpu', cpu[key], parseCpu(cpu[key] ?? '1m') > 1000 * largestAmounts.cpu, at('cpu', key)],
    ]),
    ['disk', disk, parseMemory(disk) > largestAmounts.disk, at('disk')],
  ];
  return amounts.flatMap(([what, amount, isTooLarge, path]) =>
    isTooLarge && amount !== undefined ? [report('resolve/amount-too-large', path, { what, amount })] : [],
  );
}

function diagnoseNoCpu(cpu: PlatformFunction['cpu'], at: At): Diagnostic[] {
  return (['request', 'limit'] as const).flatMap((key) => {
    const amount = cpu[key];
    return amount !== undefined && parseCpu(amount) === 0
      ? [report('resolve/cpu-zero', at('cpu', key), { amount })]
      : [];
  });
}

function diagnoseTimes(
  { name, timeout, stopping, direct }: PlatformFunction,
  written: FunctionConfig,
  at: At,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  if (timeout === 0) diagnostics.push(report('resolve/timeout-zero', at('timeout'), { name }));
  const needed = drainTime(timeout, direct !== undefined);
  if (written.gracePeriod !== undefined && stopping.grace * 1000 < needed) {
    const params = { name, grace: `${stopping.grace}s`, needed: formatDuration(needed) };
    diagnostics.push(report('resolve/grace-too-short', at('gracePeriod'), params));
  }
  return diagnostics;
}

function diagnoseQueue(
  { name, maxBody }: PlatformFunction,
  written: FunctionConfig,
  config: PlatformConfig,
  at: At,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  if (config.openfaas?.async === false) {
    if (written.async) diagnostics.push(report('resolve/async-is-off', at('async'), { name }));
  }
  if (written.async && written.maxBody !== undefined && maxBody > queueBodyLimit) {
    const params = { name, size: written.maxBody, limit: queueBodyLimit };
    diagnostics.push(report('resolve/async-body-limit', at('maxBody'), params));
  }
  return diagnostics;
}

function diagnosePod(
  { name, image, runAsUser, healthPath }: PlatformFunction,
  { concurrency, healthPath: writtenPath }: FunctionConfig,
  at: At,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  if (/:latest$/.test(image)) diagnostics.push(report('resolve/image-latest', at('image'), { image }));
  if (runAsUser === 0) diagnostics.push(report('resolve/function-as-root', at('runAsUser'), { name }));
  if (writtenPath !== undefined && concurrency !== undefined && !healthPath.startsWith('/_/')) {
    const params = { name, path: healthPath, limit: concurrency };
    diagnostics.push(report('resolve/health-behind-concurrency', at('healthPath'), params));
  }
  return diagnostics;
}

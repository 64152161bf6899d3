import type { TrafficConfig } from '../../config/functions/traffic.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { parseDuration, parseMemory, parseRate, parseSize } from '../../units/amounts.ts';

/** The calls that a function gets. Durations are in milliseconds, amounts in bytes. */
export interface Traffic {
  /** A month. */
  readonly calls: number;
  readonly duration: number;
  readonly p99: number | undefined;
  /** Undefined where it is not known. */
  readonly cpuTime: number | undefined;
  /** Calls a second. */
  readonly peak: number;
  /** Whether the config has the peak; else it is the average of the month. */
  readonly peakKnown: boolean;
  readonly clients: number | undefined;
  readonly memory: number;
  readonly memoryUsed: number;
  readonly request: number | undefined;
  readonly response: number | undefined;
}

/** A month has 730 hours, as in the clouds' own examples: 8,760 of a year in twelve parts. */
const secondsOfMonth = 730 * 3600;

/** @param memoryLimit bytes that a copy of the function may use */
export function resolveTraffic(written: TrafficConfig | undefined, memoryLimit: number): Traffic | undefined {
  if (written === undefined) return undefined;
  const memory = written.memory === undefined ? memoryLimit : parseMemory(written.memory);
  return {
    calls: written.calls,
    duration: parseDuration(written.duration),
    p99: given(written.p99, parseDuration),
    cpuTime: given(written.cpuTime, parseDuration),
    peak: written.peak === undefined ? meanRate(written) : parseRate(written.peak),
    peakKnown: written.peak !== undefined,
    clients: written.clients,
    memory,
    memoryUsed: written.memoryUsed === undefined ? memory : parseMemory(written.memoryUsed),
    request: given(written.request, parseSize),
    response: given(written.response, parseSize),
  };
}

function given<T>(text: string | undefined, parse: (text: string) => T): T | undefined {
  return text === undefined ? undefined : parse(text);
}

/** Calls a second, on average over the month. */
function meanRate({ calls }: Pick<TrafficConfig, 'calls'>): number {
  return calls / secondsOfMonth;
}

/** Reports figures of the traffic that contradict each other, or that the function itself cuts off. */
export function diagnoseTraffic(
  fn: {
    readonly name: string;
    readonly traffic: Traffic | undefined;
    readonly timeout: number;
    readonly maxBody: number;
  },
  written: TrafficConfig | undefined,
): Diagnostic[] {
  const { name, traffic, timeout, maxBody } = fn;
  if (traffic === undefined || written === undefined) return [];
  const diagnostics: Diagnostic[] = [];
  const at = (key: keyof TrafficConfig): ConfigPath => ['functions', name, 'traffic', key];
  const { duration, p99, memory, memoryUsed } = traffic;
  for (const key of ['duration', 'p99', 'cpuTime'] as const) {
    if (traffic[key] === 0) diagnostics.push(report('resolve/traffic-takes-no-time', at(key), { name, key }));
  }
  if (traffic.peak < meanRate(written)) {
    const params = { peak: written.peak ?? '', mean: meanRate(written), calls: written.calls };
    diagnostics.push(report('resolve/peak-under-mean', at('peak'), params));
  }
  if (p99 !== undefined && p99 < duration) {
    const params = { p99: written.p99 ?? '', mean: written.duration };
    diagnostics.push(report('resolve/p99-under-mean', at('p99'), params));
  }
  if (memoryUsed > memory) {
    const params = { used: written.memoryUsed ?? '', given: memory };
    diagnostics.push(report('resolve/memory-used-over-memory', at('memoryUsed'), params));
  }
  if ((p99 ?? duration) > timeout) {
    const key = p99 === undefined || duration > timeout ? 'duration' : 'p99';
    const params = { name, key, takes: written[key] ?? '', timeout: timeout / 1000 };
    diagnostics.push(report('resolve/traffic-over-timeout', at(key), params));
  }
  if (traffic.request !== undefined && traffic.request > maxBody) {
    const params = { name, request: written.request ?? '', limit: maxBody };
    diagnostics.push(report('resolve/traffic-over-body', at('request'), params));
  }
  return diagnostics;
}

import type { FunctionConfig } from '../config/function-config.ts';
import type { PlatformConfig } from '../config/platform-config.ts';
import type { ConfigPath, Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { parseDuration } from '../units/duration.ts';
import { parseCpu, parseMemory } from '../units/quantity.ts';
import { parseSize } from '../units/size.ts';
import type { Gateway } from './gateway.ts';
import type { PlatformFunction } from './platform-function.ts';
import { sortedEntries } from './sorted-entries.ts';

/** The community edition's own limits. Source: faas-netes 0.18.17, `pkg/handlers/replica_reader.go`. */
const maxFunctions = 15;
const maxReplicas = 5;

/** The functions with their defaults, and whether the edition runs them as written. */
export function resolveFunctions(
  config: PlatformConfig,
  gateway: Gateway,
): readonly [PlatformFunction[], Diagnostic[]] {
  const diagnostics: Diagnostic[] = [];
  const entries = sortedEntries(config.functions);
  if (entries.length > maxFunctions) {
    const params = { count: entries.length, limit: maxFunctions };
    diagnostics.push(report('resolve/too-many-functions', ['functions'], params, { at: 'key' }));
  }
  const autoscaling = config.openfaas?.autoscaling ?? true;
  const functions = entries.map(([name, written]) => {
    const resolved = resolveFunction(name, written, gateway, autoscaling);
    diagnostics.push(...checkFunction(resolved, written, autoscaling));
    return resolved;
  });
  return [functions, diagnostics];
}

function resolveFunction(
  name: string,
  written: FunctionConfig,
  gateway: Gateway,
  autoscaling: boolean,
): PlatformFunction {
  const min = written.replicas?.min ?? 1;
  return {
    name,
    image: written.image,
    source: written.source,
    replicas: { min, max: written.replicas?.max ?? (autoscaling ? Math.max(min, maxReplicas) : min) },
    timeout: parseDuration(written.timeout ?? '30s'),
    memory: { request: written.memory?.request ?? '64Mi', limit: written.memory?.limit ?? '256Mi' },
    cpu: { request: written.cpu?.request ?? '50m', limit: written.cpu?.limit },
    env: Object.fromEntries(sortedEntries(written.env)),
    secrets: [...(written.secrets ?? [])].sort(),
    readOnlyRootFilesystem: written.readOnlyRootFilesystem ?? true,
    maxBody: written.maxBody === undefined ? gateway.maxBody : parseSize(written.maxBody),
  };
}

/** Variables that Fjord itself sets on every function, from `timeout`. */
const ownVariables = ['exec_timeout', 'read_timeout', 'write_timeout', 'healthcheck_interval'];

/** With secrets, a volume is called `<name>-projected-secrets`, and 63 characters is what a volume's name may have. */
const longestNameWithSecrets = 63 - '-projected-secrets'.length;

function checkFunction(fn: PlatformFunction, written: FunctionConfig, autoscaling: boolean): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const at = (...rest: string[]): ConfigPath => ['functions', fn.name, ...rest];
  const { min, max } = fn.replicas;

  if (fn.secrets.length > 0 && fn.name.length > longestNameWithSecrets) {
    const params = { name: fn.name, limit: longestNameWithSecrets };
    diagnostics.push(report('resolve/name-too-long', at(), params, { at: 'key' }));
  }
  if (min === 0) diagnostics.push(report('resolve/scale-to-zero', at('replicas', 'min'), { name: fn.name }));
  for (const end of ['min', 'max'] as const) {
    if (fn.replicas[end] > maxReplicas) {
      const params = { name: fn.name, replicas: fn.replicas[end], limit: maxReplicas };
      diagnostics.push(report('resolve/too-many-replicas', at('replicas', end), params));
    }
  }
  if (min > max) diagnostics.push(report('resolve/replicas-reversed', at('replicas'), { min, max }));
  if (!autoscaling && max > min) {
    diagnostics.push(
      report('resolve/replicas-without-autoscaling', at('replicas', 'max'), { name: fn.name, min, max }),
    );
  }
  if (parseMemory(fn.memory.request) > parseMemory(fn.memory.limit)) {
    diagnostics.push(report('resolve/request-over-limit', at('memory'), { what: 'memory', ...fn.memory }));
  }
  if (fn.cpu.limit !== undefined && parseCpu(fn.cpu.request) > parseCpu(fn.cpu.limit)) {
    const params = { what: 'cpu', request: fn.cpu.request, limit: fn.cpu.limit };
    diagnostics.push(report('resolve/request-over-limit', at('cpu'), params));
  }
  if (fn.timeout === 0) diagnostics.push(report('resolve/timeout-zero', at('timeout'), { name: fn.name }));
  if (/:latest$/.test(fn.image)) {
    diagnostics.push(report('resolve/image-latest', at('image'), { image: fn.image }));
  }
  for (const variable of ownVariables.filter((key) => Object.hasOwn(written.env ?? {}, key))) {
    diagnostics.push(report('resolve/env-is-ours', at('env', variable), { variable }, { at: 'key' }));
  }
  return diagnostics;
}

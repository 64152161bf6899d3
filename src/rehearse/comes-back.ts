import type { NodeState } from './node-state.ts';

/** The limits of a node's logs. Bytes. */
export interface LogLimits {
  readonly journal: number;
  readonly nginx: number;
}

/** Lists what a node had before and has not now, one line each. */
export function missingOn(
  node: string,
  before: NodeState,
  now: NodeState,
  limits: LogLimits | undefined,
): string[] {
  const lines = [
    ...now.failedUnits.filter((unit) => !before.failedUnits.includes(unit)).map((unit) => `${unit} failed`),
    ...Object.entries(before.units)
      // Every timer of ours runs, also one that a change has stopped.
      .filter(
        ([unit, word]) => (word === 'active' || unit.endsWith('.timer')) && now.units[unit] !== 'active',
      )
      .map(([unit]) => `${unit} is ${now.units[unit] || 'gone'}`),
    ...table(before.table, now.table),
    ...Object.entries(before.sysctls)
      .filter(([key, value]) => now.sysctls[key] !== value)
      .map(([key, value]) => `${key} is ${now.sysctls[key] || 'unset'}, not ${value}`),
    ...workloads(before.workloads, now.workloads),
    ...secrets(before.secrets, now.secrets),
    ...logs('the journal has', now.journal, limits?.journal),
    ...logs("nginx's logs have", now.nginxLogs, limits?.nginx),
  ];
  return lines.map((line) => `${node}: ${line}`);
}

function table(before: string, now: string): string[] {
  if (before === now) return [];
  return [now === '' ? "the packet filter's table is gone" : "the packet filter's table has other rules"];
}

function workloads(before: NodeState['workloads'], now: NodeState['workloads']): string[] {
  if (before === undefined) return [];
  if (now === undefined) return ['the Kubernetes API does not answer'];
  return Object.entries(before).flatMap(([name, { wanted, ready }]) => {
    // What was never ready cannot come back.
    if (ready < wanted) return [];
    const one = now[name];
    if (one === undefined) return [`${name} is gone`];
    return one.ready < one.wanted ? [`${name} has ${one.ready} of ${one.wanted} pods ready`] : [];
  });
}

function secrets(before: NodeState['secrets'], now: NodeState['secrets']): string[] {
  if (before === undefined || now === undefined) return [];
  return before.filter((name) => !now.includes(name)).map((name) => `the Secret ${name} is gone`);
}

/** A log is measured between two rotations, so it may be a tenth larger. */
function logs(what: string, bytes: number, limit: number | undefined): string[] {
  if (limit === undefined || bytes <= limit * 1.1) return [];
  return [`${what} ${mebibytes(bytes)}, more than the ${mebibytes(limit)} of the config`];
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

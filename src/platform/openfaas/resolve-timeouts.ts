import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { formatDuration, parseDuration } from '../../units/amounts.ts';
import type { PlatformFunction } from '../functions/function.ts';
import { gatewayDrain, leastStop, stopBound } from '../functions/stopping.ts';
import type { Timeouts } from './timeouts.ts';

/** How much longer each hop waits than the one behind it, so that the one nearest the fault answers first. */
const margin = 5000;

/** The chain of timeouts, derived from the longest function: exec ≤ upstream < gateway < nginx. */
export function resolveTimeouts(
  config: PlatformConfig,
  functions: readonly PlatformFunction[],
): readonly [Timeouts, Diagnostic[]] {
  const longest = functions.reduce<PlatformFunction | undefined>(
    (most, one) => (most === undefined || one.timeout > most.timeout ? one : most),
    undefined,
  );
  const exec = longest?.timeout ?? 0;
  const written = config.openfaas?.upstreamTimeout;
  const upstream = written === undefined ? exec : parseDuration(written);
  const timeouts: Timeouts = {
    exec,
    upstream,
    gateway: upstream + margin,
    nginx: upstream + 2 * margin,
    stop: stopBound(config),
  };
  const stopping = diagnoseStop(config, timeouts, longest);

  if (longest === undefined || upstream >= exec) return [timeouts, stopping];
  return [
    timeouts,
    [
      report('resolve/timeout-chain', ['openfaas', 'upstreamTimeout'], {
        function: longest.name,
        exec: formatDuration(exec),
        upstream: formatDuration(upstream),
        gateway: formatDuration(timeouts.gateway),
        nginx: formatDuration(timeouts.nginx),
      }),
      ...stopping,
    ],
  ];
}

/** Reports a `stopWithin` that is too short for the longest call. */
function diagnoseStop(
  { openfaas, functions }: PlatformConfig,
  timeouts: Timeouts,
  longest: PlatformFunction | undefined,
): Diagnostic[] {
  const { stop, exec, upstream } = timeouts;
  const written = openfaas?.stopWithin;
  if (written !== undefined && stop < leastStop) {
    const params = { written, least: formatDuration(leastStop) };
    return [report('resolve/stop-too-soon', ['openfaas', 'stopWithin'], params)];
  }
  const needed = gatewayDrain(timeouts);
  if (longest === undefined || needed <= stop) return [];
  const path =
    written !== undefined
      ? ['openfaas', 'stopWithin']
      : upstream > exec
        ? ['openfaas', 'upstreamTimeout']
        : ['functions', longest.name, ...(functions[longest.name]?.timeout === undefined ? [] : ['timeout'])];
  return [
    report('resolve/calls-cut-at-stop', path, {
      call: formatDuration(upstream),
      stop: formatDuration(stop),
      needed: formatDuration(needed),
    }),
  ];
}

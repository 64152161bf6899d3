import type { FunctionConfig } from '../../config/functions/function.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { cronProblem, findTimeZone } from '../../units/cron.ts';
import { type PlatformFunction, schedulesOf } from './function.ts';

/** Reports schedules that nobody understands, that ask for a queue that there is not, or whose name is another's. */
export function diagnoseSchedules(
  { name, schedules }: PlatformFunction,
  { schedule: written }: FunctionConfig,
  { functions, openfaas }: PlatformConfig,
): Diagnostic[] {
  return schedules.flatMap(({ name: job, cron, timeZone, async }, index) => {
    const one = Array.isArray(written) ? written[index] : written;
    const at = (...keys: string[]) => [
      ...['functions', name, 'schedule', ...(Array.isArray(written) ? [index] : [])],
      ...(typeof one === 'string' ? [] : keys),
    ];
    const problem = cronProblem(cron);
    const found = findTimeZone(timeZone);
    const suggestion = found === 'known' || found === 'unknown' ? undefined : found.written;
    const other = functions[job];
    const isTaken = index > 0 && other !== undefined && schedulesOf(job, other).length > 0;
    return [
      ...(problem === undefined
        ? []
        : [report('resolve/cron-not-understood', at('cron'), { cron, problem })]),
      ...(found === 'known'
        ? []
        : [report('resolve/time-zone-unknown', at('timeZone'), { timeZone, suggestion })]),
      ...(async && openfaas?.async === false ? [report('resolve/async-is-off', at('async'), { name })] : []),
      ...(isTaken ? [report('resolve/schedule-name-taken', at(), { name, job })] : []),
    ];
  });
}

import type { Weekday } from '../../config/maintenance/maintenance.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { formatDuration, parseDuration } from '../../units/amounts.ts';
import type { Timeouts } from '../openfaas/timeouts.ts';

/** When each node may interrupt its work. */
export interface Maintenance {
  readonly reboots: boolean;
  /** By node. */
  readonly slots: Readonly<Record<string, Slot>>;
}

/** A node's own part of the window: the times at which it begins, in UTC. */
export interface Slot {
  /** In the order of the week. */
  readonly days: readonly Weekday[];
  /** `HH:MM`. */
  readonly time: string;
}

const week = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const satisfies readonly Weekday[];

const minute = 60_000;
const day = 24 * 60 * minute;

/** How long a node takes to go down and come back, besides its calls. */
const reboot = 15 * minute;

const usualLength = 3 * 60 * minute;

/** Gives each node its part of the window, and reports a window that is too short or too long for that. */
export function resolveMaintenance(
  config: PlatformConfig,
  nodes: readonly { readonly name: string }[],
  timeouts: Timeouts,
): readonly [Maintenance, Diagnostic[]] {
  const written = config.maintenance ?? {};
  const days = written.days ?? ['sunday'];
  const from = minutesOf(written.from ?? '02:00') * minute;
  const each = slotLength(nodes.length, timeouts);
  const needed = nodes.length * each;
  const length = written.length === undefined ? Math.max(usualLength, needed) : parseDuration(written.length);
  const apart = shortestPause(days);
  const path = ['maintenance', ...(written.length === undefined ? [] : ['length'])];
  const reboots = written.reboots ?? true;
  return [
    {
      reboots,
      slots: Object.fromEntries(nodes.map(({ name }, index) => [name, slotAt(days, from + index * each)])),
    },
    [
      ...(length < needed
        ? [
            report('resolve/window-too-short', path, {
              length: formatDuration(length),
              nodes: nodes.length,
              each: formatDuration(each),
              least: formatDuration(needed),
            }),
          ]
        : []),
      ...(length > apart
        ? [
            report('resolve/window-too-long', path, {
              length: formatDuration(length),
              apart: formatDuration(apart),
            }),
          ]
        : []),
      ...(reboots ? [] : [report('resolve/reboots-never', ['maintenance', 'reboots'], {})]),
    ],
  ];
}

/** nginx lets its calls end; where there are several nodes, the pods' calls end before that. Whole minutes. */
function slotLength(nodes: number, { nginx, stop }: Timeouts): number {
  const calls = Math.min(nginx, stop) + (nodes > 1 ? stop : 0);
  return reboot + Math.ceil(calls / minute) * minute;
}

function minutesOf(time: string): number {
  const [hours = '', minutes = ''] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** From one opening to the next, where that is least. */
function shortestPause(days: readonly Weekday[]): number {
  const opens = days.map((one) => week.indexOf(one)).sort((a, b) => a - b);
  const pauses = opens.map((one, index) => {
    const next = opens[index + 1] ?? (opens[0] ?? 0) + week.length;
    return next - one;
  });
  return Math.min(...pauses) * day;
}

/** The times that lie so long after the midnights of these days. */
function slotAt(days: readonly Weekday[], after: number): Slot {
  const later = Math.floor(after / day);
  const time = (after % day) / minute;
  const two = (value: number) => String(value).padStart(2, '0');
  const moved = new Set(days.map((one) => (week.indexOf(one) + later) % week.length));
  return {
    days: week.filter((_, index) => moved.has(index)),
    time: `${two(Math.floor(time / 60))}:${two(time % 60)}`,
  };
}

import type { AlertsConfig, AlertTargetConfig } from '../../config/alerts/alerts.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { parseDuration } from '../../units/amounts.ts';
import { sortedEntries } from '../sorted-entries.ts';
import type { Alerts, AlertTarget } from './alerts.ts';

const minute = 60_000;
/** Milliseconds between two looks. */
const bounds = { least: minute, most: 30 * minute };

/** Resolves alerts, and reports targets that no message could reach. */
export function resolveAlerts({ alerts }: PlatformConfig): readonly [Alerts | undefined, Diagnostic[]] {
  if (alerts === undefined) return [undefined, []];
  const every = parseDuration(alerts.every ?? '5m');
  return [
    {
      targets: sortedEntries(alerts.to).map(([name, target]) => resolveTarget(name, target)),
      deadMansSwitch: alerts.deadMansSwitch?.host,
      every: Math.round(every / 1000),
      limits: {
        disk: 85,
        memory: 5,
        certificate: 14,
        reboot: 8,
        queue: 100,
        errors: 10,
        restarts: 3,
        ...alerts.limits,
      },
    },
    [
      ...sortedEntries(alerts.to).flatMap(([name, target]) => diagnoseTarget(name, target)),
      ...diagnoseSwitch(alerts),
      ...(every < bounds.least || every > bounds.most
        ? [report('resolve/alerts-interval', ['alerts', 'every'], { every: alerts.every ?? '' })]
        : []),
    ],
  ];
}

function resolveTarget(name: string, { kind, host, port, from, recipients }: AlertTargetConfig): AlertTarget {
  return {
    name,
    kind,
    host,
    mail:
      kind === 'mail'
        ? { port: port ?? 465, from: from ?? '', recipients: [...(recipients ?? [])].sort() }
        : undefined,
  };
}

/** Keys of mail that another kind does not have, or that mail lacks. */
function diagnoseTarget(name: string, target: AlertTargetConfig): Diagnostic[] {
  const path = ['alerts', 'to', name];
  if (target.kind === 'mail') {
    return [
      ...(target.from === undefined ? [report('resolve/mail-without-sender', path, { name })] : []),
      ...(target.recipients === undefined ? [report('resolve/mail-without-recipients', path, { name })] : []),
    ];
  }
  return (['port', 'from', 'recipients'] as const)
    .filter((key) => target[key] !== undefined)
    .map((key) =>
      report('resolve/alert-key-of-mail', [...path, key], { key, kind: target.kind }, { at: 'key' }),
    );
}

/** A node that is down can send nothing. */
function diagnoseSwitch({ deadMansSwitch }: AlertsConfig): Diagnostic[] {
  return deadMansSwitch === undefined
    ? [report('resolve/no-dead-mans-switch', ['alerts', 'deadMansSwitch'], undefined, { at: 'key' })]
    : [];
}

import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { formatSize, parseSize } from '../../units/amounts.ts';
import type { Node } from '../nodes/node.ts';
import type { Platform } from '../platform.ts';
import type { Logs, NginxLogs } from './logs.ts';

const mib = 1024 ** 2;

/** Seconds between two checks of nginx's log. */
export const logLook = 5;

/** Seconds that a check may be late or take. */
const lookTakes = 1;

/**
 * Bytes that one worker can write in a second: calls at the rate of the benchmark's 32,000 a second on two cores, each
 * with a line of 1,024 bytes.
 */
const logRate = 16_000 * 1024;

/**
 * A file is rotated at a sixteenth of all or where the fewest files just fit, within these bounds: smaller ones are gone
 * before anybody has read them.
 */
const smallest = 4 * mib;
const largest = 64 * mib;

/** The least number of files that are kept. */
const fewest = 4;

/** The journal's own least: it keeps files of 8 MiB and some of them at a time. */
const smallestJournal = 64 * mib;

/** Resolves the sizes of logs, and reports those that are too small to work. */
export function resolveLogs(config: PlatformConfig, workers: number): readonly [Logs, Diagnostic[]] {
  const written = config.logs ?? {};
  const nginx = nginxLogs(
    written.nginx === undefined ? usualNginx(workers) : parseSize(written.nginx),
    workers,
  );
  const logs: Logs = {
    nginx,
    journal: parseSize(written.journal ?? '512m'),
    containers: {
      size: parseSize(written.containers?.size ?? '5m'),
      files: written.containers?.files ?? 3,
    },
    refused: written.refused ?? 64,
  };
  return [
    logs,
    [
      ...(nginx.keep < fewest * nginx.rotateAt
        ? [
            report('resolve/nginx-log-too-small', ['logs', 'nginx'], {
              size: formatSize(nginx.total),
              seconds: logLook,
              growth: mebibytes(growth(workers)),
              least: mebibytes(2 * growth(workers) + (fewest + 1) * smallest),
            }),
          ]
        : []),
      ...(logs.journal < smallestJournal
        ? [report('resolve/journal-too-small', ['logs', 'journal'], { size: formatSize(logs.journal) })]
        : []),
    ],
  ];
}

/** 1 GiB, or what a flood at more workers needs with files of the usual size. */
function usualNginx(workers: number): number {
  return Math.max(1024 * mib, 2 * growth(workers) + (fewest + 1) * largest);
}

/** What is written between two looks by a flood at nginx's full rate. */
function growth(workers: number): number {
  return workers * logRate * (logLook + lookTakes);
}

/**
 * After a look there is room for what is written until the next one, and for a file of that size and its compressed
 * copy beside each other.
 */
export function nginxLogs(total: number, workers: number): NginxLogs {
  const fitting = Math.min(total / 16, (total - 2 * growth(workers)) / (fewest + 1));
  const rotateAt = Math.floor(Math.min(largest, Math.max(smallest, fitting)) / mib) * mib;
  return { total, rotateAt, keep: total - 2 * growth(workers) - rotateAt };
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / mib)}m`;
}

/** K3s' own containers (CoreDNS, metrics, local storage) and OpenFaaS' with the tool of delivery. */
const besides = 16;

/** The most bytes that logs take of a node: nginx's, the journal, those of every container that can be there, K3s' audit. */
export function logsOf(platform: Pick<Platform, 'logs' | 'functions' | 'k3s'>, node: Node): number {
  const { logs, functions, k3s } = platform;
  const copies = functions.reduce((sum, { replicas }) => sum + replicas.max, 0);
  const containers = Math.min(k3s.kubelet.maxPods, copies + besides);
  const audit = k3s.hardened && node.role === 'server' ? auditLogs : 0;
  return (
    (node.nginx ? logs.nginx.total : 0) +
    logs.journal +
    containers * logs.containers.files * logs.containers.size +
    audit
  );
}

/** `audit-log-maxsize` of 100 MB, and ten old ones. */
const auditLogs = 11 * 100 * mib;

/** What a node's disk has for the system, K3s, its images and the runtime's. Bytes. */
export const diskBesides = 4096 * mib;

/** Reports logs that do not fit on a disk whose size the config gives. */
export function diagnoseLogs(
  platform: Pick<Platform, 'logs' | 'functions' | 'k3s' | 'nodes'>,
  config: PlatformConfig,
): Diagnostic[] {
  return platform.nodes.flatMap((node) => {
    if (node.disk === undefined) return [];
    const logs = logsOf(platform, node);
    if (logs + diskBesides <= node.disk) return [];
    return [
      report(
        'resolve/logs-over-disk',
        ['nodes', node.name, config.nodes[node.name]?.disk ? 'disk' : 'plan'],
        {
          node: node.name,
          disk: mebibytes(node.disk),
          logs: mebibytes(logs),
          besides: mebibytes(diskBesides),
        },
      ),
    ];
  });
}

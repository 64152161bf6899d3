import { define } from '../../diagnostics/definition.ts';

/** What `resolve` reports about logs. */
export const resolveLogsDiagnostics = {
  'resolve/nginx-log-too-small': define<{ size: string; seconds: number; growth: string; least: string }>({
    severity: 'error',
    fact: ({ size, seconds, growth }) =>
      `${size} is too little for nginx's logs: in the ${seconds} seconds between two checks, a flood writes ${growth}`,
    hint: ({ least }) => `write at least ${least}`,
    meaning:
      "nginx's logs are checked every few seconds. They need space for the lines of a flood at nginx's full rate in between, and for a compressed copy of them.",
    example: { config: { logs: "{ nginx: '100m' }" } },
  }),
  'resolve/journal-too-small': define<{ size: string }>({
    severity: 'error',
    fact: ({ size }) => `${size} is too little for the journal, which keeps several files of 8 MiB`,
    hint: () => 'write at least 64m',
    meaning: 'The journal would drop recent lines, such as the reason why a node does not start.',
    example: { config: { logs: "{ journal: '8m' }" } },
  }),
  'resolve/logs-over-disk': define<{ node: string; disk: string; logs: string; besides: string }>({
    severity: 'error',
    fact: ({ node, disk, logs, besides }) =>
      `logs can use ${logs} of ${node}'s disk of ${disk}, which also needs ${besides} for the system and images`,
    hint: () =>
      'lower logs.nginx, logs.journal, logs.containers or the replicas of functions, or write a larger disk if the machine has one',
    meaning:
      'A flood fills all logs up to their sizes. If the disk is full before that, K3s and the functions stop.',
    example: { config: { nodes: "{ 'oslo-1': { disk: '5Gi' } }" } },
  }),
};

import { define } from '../definition.ts';

export const logsCodes = {
  'resolve/nginx-log-too-small': define<{ size: string; seconds: number; growth: string; least: string }>({
    severity: 'error',
    fact: ({ size, seconds, growth }) =>
      `${size} is too little for nginx's logs: in the ${seconds} seconds between two looks, a flood writes ${growth}`,
    hint: ({ least }) => `write at least ${least}`,
  }),
  'resolve/journal-too-small': define<{ size: string }>({
    severity: 'error',
    fact: ({ size }) => `${size} is too little for the journal, which keeps several files of 8 MiB`,
    hint: () => 'write at least 64m',
  }),
  'resolve/logs-over-disk': define<{ node: string; disk: string; logs: string; besides: string }>({
    severity: 'error',
    fact: ({ node, disk, logs, besides }) =>
      `logs can take ${logs} of ${node}'s disk of ${disk}, which needs ${besides} for the system and images`,
    hint: () =>
      'lower logs.nginx, logs.journal, logs.containers or the replicas of functions, or write a larger disk if the machine has one',
  }),
};

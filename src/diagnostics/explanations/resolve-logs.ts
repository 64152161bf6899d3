import type { logsCodes } from '../codes/resolve-logs.ts';
import type { Explanations } from './explanation.ts';

export const logsExplanations: Explanations<keyof typeof logsCodes> = {
  'resolve/journal-too-small': {
    meaning: 'The journal would drop what has just been written, also why a node does not start.',
    example: { config: { logs: "{ journal: '8m' }" } },
  },
  'resolve/logs-over-disk': {
    meaning:
      'A flood fills logs up to their sizes. If the disk is full before that, K3s and the functions stop: each size has to fit beside the others.',
    example: { config: { nodes: "{ 'oslo-1': { disk: '5Gi' } }" } },
  },
  'resolve/nginx-log-too-small': {
    meaning:
      "nginx's logs are looked at every few seconds. What a flood at nginx's full rate writes in between, and a compressed copy of it, must fit.",
    example: { config: { logs: "{ nginx: '100m' }" } },
  },
};

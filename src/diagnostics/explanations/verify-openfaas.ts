import type { verifyOpenfaasCodes } from '../codes/verify-openfaas.ts';
import type { Explanations } from './explanation.ts';

const config = { openfaas: "{ edition: 'pro' }" };
const chart = 'manifests/20-openfaas.yaml';

export const verifyOpenfaasExplanations: Explanations<keyof typeof verifyOpenfaasCodes> = {
  'verify/chart-not-locked': {
    meaning:
      'The chart decides every image and permission of the runtime, so another version is another platform.',
    example: { config, dist: { path: chart, from: 'chart: openfaas', to: 'chart: openfaas-edge' } },
  },
  'verify/chart-unsafe': {
    meaning: 'By default the chart would open a port, or make a password that nobody here knows.',
    example: { config, dist: { path: chart, from: 'exposeServices: false', to: 'exposeServices: true' } },
  },
  'verify/secret-made-by-other': {
    meaning:
      'Two creators of one Secret overwrite each other, and the last one decides which password is valid.',
    example: { dist: { path: 'platform.lock.json', from: '"madeBy": "node"', to: '"madeBy": "operator"' } },
  },
};

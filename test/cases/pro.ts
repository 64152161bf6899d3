import type { PlatformConfig } from '../../src/config/platform-config.ts';

const many = Array.from({ length: 14 }, (_, index) => `task-${String(index + 1).padStart(2, '0')}`);

/** OpenFaaS Pro: more functions, more copies and fewer than the community edition runs. */
export const pro: PlatformConfig = {
  domain: 'pro.example.no',
  nodes: { 'node-1': { provider: 'gcp', memory: '8Gi', cpus: 8 } },
  logs: { nginx: '2g' },
  openfaas: { edition: 'pro' },
  functions: {
    idle: {
      image: 'registry.digitalocean.com/example/idle:1.0.0',
      replicas: { min: 0, max: 20, rate: '50r/s' },
      healthPath: '/healthz',
      env: { MODE: 'nightly' },
      secrets: ['idle-key'],
      labels: { team: 'ledger' },
      annotations: { topic: 'ledger.closed' },
      calls: ['task-01'],
      schedule: '0 3 * * *',
      expose: true,
    },
    steady: {
      image: 'ghcr.io/example/steady:1.0.0',
      replicas: { min: 3, max: 3 },
      timeout: '5m',
      cpu: { request: '1', limit: '2' },
      readOnlyRootFilesystem: false,
    },
    ...Object.fromEntries(
      many.map((name) => [name, { image: 'ghcr.io/example/task:1.0.0', expose: name !== 'task-01' }]),
    ),
  },
};

import type { NodeConfig } from '../../src/config/nodes/node.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';

const server = (address: string): NodeConfig => ({
  provider: 'ovh',
  role: 'server',
  address,
  nginx: false,
  taints: ['node-role.example.no/control:NoSchedule'],
});
const agent = (address: string): NodeConfig => ({
  provider: 'ovh',
  os: 'debian-13',
  role: 'agent',
  address,
  nginx: true,
  memory: '4Gi',
  cpus: 2,
});

/** The largest shape: servers that only rule, agents that do the work and take the calls, images from mirrors alone. */
export const fiveServersAndAgents: PlatformConfig = {
  domain: 'functions.example.fr',
  nodes: {
    'rule-1': server('10.20.0.1'),
    'rule-2': server('10.20.0.2'),
    'rule-3': server('10.20.0.3'),
    'rule-4': server('10.20.0.4'),
    'rule-5': server('10.20.0.5'),
    'work-1': agent('10.20.1.1'),
    'work-2': agent('10.20.1.2'),
  },
  k3s: {
    registries: {
      mirrors: {
        'docker.io': {
          endpoints: ['https://mirror.example.fr', 'http://10.20.2.1:5000'],
          rewrite: { '^(.*)': 'hub/$1' },
        },
        '*': { endpoints: ['https://mirror.example.fr'] },
      },
      mirrorsOnly: true,
    },
    systemDefaultRegistry: 'mirror.example.fr',
    allowedRegistries: ['mirror.example.fr', '10.20.2.1:5000'],
  },
  openfaas: { licence: 'personal' },
  functions: { figlet: { image: 'ghcr.io/openfaas/figlet:0.3.0', replicas: { min: 4 } } },
};

import { expect, it } from 'vitest';
import { missingOn } from '../../src/rehearse/comes-back.ts';
import { type NodeState, readNodeState } from '../../src/rehearse/node-state.ts';

const before = readNodeState(
  [
    'failed certbot.service',
    'unit nginx.service active',
    'unit fjord-maintain.timer active',
    'unit k3s-agent.service inactive',
    'table table inet fjord {',
    'table }',
    'sysctl net.core.somaxconn 4096',
    'sysctl net.ipv4.ip_local_port_range 1024 65535',
    'journal 1000000',
    'nginxLogs 5000',
    'workload|openfaas/Deployment/gateway|1||1||1||1|',
    'workload|kube-system/DaemonSet/x||2||2||2||2',
    'workload|openfaas-fn/Deployment/old|1||1||||1|',
    'workload|openfaas-fn/Deployment/changing|1||1||1||2|',
    'workload|openfaas-fn/Deployment/changed|1||2||1||2|',
    'workloads',
    'secret openfaas/basic-auth',
    'secrets',
  ].join('\n'),
);

it('reads what the script on the node prints', () => {
  expect(before).toEqual({
    failedUnits: ['certbot.service'],
    units: { 'nginx.service': 'active', 'fjord-maintain.timer': 'active', 'k3s-agent.service': 'inactive' },
    table: 'table inet fjord {\n}',
    sysctls: { 'net.core.somaxconn': '4096', 'net.ipv4.ip_local_port_range': '1024 65535' },
    workloads: {
      'openfaas/Deployment/gateway': { wanted: 1, ready: 1 },
      'kube-system/DaemonSet/x': { wanted: 2, ready: 2 },
      'openfaas-fn/Deployment/old': { wanted: 1, ready: 0 },
      'openfaas-fn/Deployment/changing': { wanted: 1, ready: 0 },
      'openfaas-fn/Deployment/changed': { wanted: 1, ready: 1 },
    },
    secrets: ['openfaas/basic-auth'],
    journal: 1_000_000,
    nginxLogs: 5000,
  } satisfies NodeState);
});

it('nothing is missing on a node that is as before', () => {
  expect(missingOn('oslo-1', before, before, { journal: 2_000_000, nginx: 6000 })).toEqual([]);
});

it.each([
  [{ failedUnits: ['certbot.service', 'ssh.service'] }, 'ssh.service failed'],
  [{ units: { 'nginx.service': 'active' } }, 'fjord-maintain.timer is gone'],
  [{ units: { ...before.units, 'nginx.service': 'inactive' } }, 'nginx.service is inactive'],
  [{ table: '' }, "the packet filter's table is gone"],
  [{ table: 'table inet fjord {' }, "the packet filter's table has other rules"],
  [{ sysctls: { ...before.sysctls, 'net.core.somaxconn': '128' } }, 'net.core.somaxconn is 128, not 4096'],
  [{ workloads: undefined }, 'the Kubernetes API does not answer'],
  [
    { workloads: { ...before.workloads, 'openfaas/Deployment/gateway': { wanted: 2, ready: 1 } } },
    'openfaas/Deployment/gateway has 1 of 2 pods ready',
  ],
  [{ secrets: ['openfaas/other'] }, 'the Secret openfaas/basic-auth is gone'],
  [{ journal: 900 * 2 ** 20 }, 'the journal has 900 MiB, more than the 512 MiB of the config'],
] satisfies [Partial<NodeState>, string][])('%j is told', (change, line) => {
  const limits = { journal: 512 * 2 ** 20, nginx: 2 ** 30 };
  expect(missingOn('oslo-1', before, { ...before, ...change }, limits)).toEqual([`oslo-1: ${line}`]);
});

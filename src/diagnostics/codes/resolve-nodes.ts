import { define } from '../definition.ts';

export const nodesCodes = {
  'resolve/node-without-role': define<{ name: string; count: number }>({
    severity: 'error',
    fact: ({ name, count }) => `node '${name}' has no role, and there are ${count} nodes`,
    hint: () => "add role: 'server' or role: 'agent'",
  }),
  'resolve/port-taken': define<{ port: number }>({
    severity: 'error',
    fact: ({ port }) => `port ${port} belongs to nginx or Kubernetes on each node`,
    hint: () => 'let SSH listen on another port',
  }),
  'resolve/several-nodes': define({
    severity: 'error',
    fact: () => 'this version of Fjord compiles platforms of one node',
    hint: () => 'keep one node',
  }),
  'resolve/sysctl-lowers': define<{ key: string; value: string; ours: string; os: string; node: string }>({
    severity: 'warning',
    fact: ({ key, value, ours, os, node }) =>
      `${key} = ${value} makes node '${node}' worse: ${os} has ${ours} by itself`,
    hint: () => 'remove the line; the profile leaves it as the OS has it',
  }),
};

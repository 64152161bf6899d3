import { define } from '../../../diagnostics/definition.ts';

const functions = (settings: string) => `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} } }`;

const node = (name: string, settings: string) =>
  `  '${name}': { provider: 'coolvds', country: 'NO', ${settings} },\n`;

/** The resource with its unit: `2,048 MiB of memory`, `1.5 processors`. */
const amountOf = (amount: string, what: string): string =>
  what === 'memory' ? `${amount} of memory` : `${amount} ${what}`;

/** What `resolve` reports about the room that nodes have for pods. */
export const resolveCapacityDiagnostics = {
  'resolve/node-over-reserved': define<{
    node: string;
    key: 'memory' | 'cpus';
    what: string;
    size: string;
    missing: string;
    plan: string | undefined;
  }>({
    severity: 'error',
    fact: ({ node, what, size, missing }) =>
      `of the ${amountOf(size, what)} of '${node}', K3s, nginx and the system need ${missing} more than there is`,
    hint: ({ node, key, plan }) =>
      plan !== undefined
        ? `choose a larger plan than '${plan}'`
        : `write a larger nodes.${node}.${key} if the machine has it, or choose a larger machine`,
    meaning:
      'The kubelet keeps memory and processors for K3s, nginx and the system. Where nothing is left, it starts no pod.',
    example: { config: { nodes: `{\n${node('oslo-1', "memory: '1Gi'")}}` } },
  }),
  'resolve/pod-over-nodes': define<{
    name: string;
    what: string;
    asked: string;
    node: string;
    there: string;
    isFunction: boolean;
  }>({
    severity: 'error',
    fact: ({ name, what, asked, node, there }) =>
      `a copy of '${name}' asks for ${amountOf(asked, what)}, and the largest node, '${node}', has ${there} for pods`,
    hint: ({ there, what, isFunction }) =>
      `${isFunction ? `lower the request to ${amountOf(there, what)}, or write` : 'write'} a larger size of a node if the machine has it`,
    meaning:
      'Kubernetes starts a pod only on a node that has its whole request free. This one would wait forever.',
    example: { config: { functions: functions("memory: { request: '64Gi', limit: '64Gi' }") } },
  }),
  'resolve/pods-over-nodes': define<{
    key: 'memory' | 'cpus';
    what: string;
    asked: string;
    there: string;
    missing: string;
    most: string;
    mostAsks: string;
    node: string | undefined;
    enough: number | undefined;
    plan: string | undefined;
  }>({
    severity: 'error',
    fact: ({ what, asked, there }) =>
      `the pods that always run ask for ${amountOf(asked, what)} during an update, and nodes have ${there} for pods`,
    hint: ({ key, node, enough, missing, what, most, mostAsks, plan }) =>
      `${
        node === undefined
          ? `add a node, or ${amountOf(missing, what)} to the nodes`
          : plan !== undefined
            ? `choose a plan with ${key === 'memory' ? `${enough} MiB of memory` : `${enough} processors`} or more`
            : `write nodes.${node}.${key}: ${key === 'memory' ? `'${enough}Mi'` : enough} or more if the machine has it`
      }; of functions, '${most}' asks for most: ${mostAsks}`,
    meaning:
      "Counted are the requests of OpenFaaS' parts, of K3s' own pods, of each function's `min` copies, and of the one copy that an update starts beside the old one. A node has what its size leaves beside K3s, nginx, the system and the memory at which the kubelet evicts. What does not fit waits forever.",
    example: {
      config: { functions: functions("replicas: { min: 4 }, memory: { request: '512Mi', limit: '512Mi' }") },
    },
  }),
  'resolve/pods-not-packed': define<{ count: number; pods: number }>({
    severity: 'warning',
    fact: ({ count, pods }) =>
      `the nodes have room for all ${pods} pods together, but no placement was found for ${count} of them`,
    hint: () => 'give one node more memory or processors, or lower the largest requests',
    meaning:
      'Pods are not divided: two nodes with 300 MiB each have no room for one of 512 MiB. The largest pods are placed first, each on the first node with room; another order could succeed, but Kubernetes does not look for one.',
    example: {
      config: {
        nodes: `{\n${node('oslo-1', "role: 'server', address: '192.0.2.1'")}${node('oslo-2', "role: 'agent', address: '192.0.2.2', memory: '2Gi'")}${node('oslo-3', "role: 'agent', address: '192.0.2.3', memory: '2Gi'")}}`,
        functions: functions("replicas: { min: 3 }, memory: { request: '870Mi', limit: '870Mi' }"),
      },
    },
  }),
  'resolve/pods-over-rest': define<{
    what: string;
    asked: string;
    there: string;
    missing: string;
    lost: string;
  }>({
    severity: 'warning',
    fact: ({ what, asked, there, lost }) =>
      `without '${lost}' the pods that always run ask for ${amountOf(asked, what)}, and the other nodes have ${there}`,
    hint: ({ missing, what }) =>
      `add a node, or ${amountOf(missing, what)} to the other nodes; or accept it under diagnostics`,
    meaning:
      'When a node is lost or emptied, its pods move to the others. Those without room wait until it is back.',
    example: {
      config: {
        nodes: `{\n${node('oslo-1', "role: 'server', address: '192.0.2.1'")}${node('oslo-2', "role: 'agent', address: '192.0.2.2', memory: '4Gi'")}}`,
        functions: functions("replicas: { min: 4 }, memory: { request: '256Mi', limit: '256Mi' }"),
      },
    },
  }),
  'resolve/rest-not-packed': define<{ lost: string; left: number }>({
    severity: 'warning',
    fact: ({ lost, left }) =>
      `without '${lost}' no placement was found on the other nodes for ${left} of the pods that always run`,
    hint: () => 'give one of the other nodes more memory or processors, or lower the largest requests',
    meaning:
      'The other nodes have enough room together, but pods are not divided. Those without room wait until the node is back.',
    example: {
      config: {
        nodes: `{\n${node('oslo-1', "role: 'server', address: '192.0.2.1'")}${node('oslo-2', "role: 'agent', address: '192.0.2.2', memory: '4Gi'")}${node('oslo-3', "role: 'agent', address: '192.0.2.3', memory: '2Gi'")}}`,
        functions: functions("memory: { request: '1600Mi', limit: '1600Mi' }"),
      },
    },
  }),
  'resolve/copies-over-nodes': define<{ name: string; max: number; most: number }>({
    severity: 'warning',
    fact: ({ name, max, most }) => `'${name}' may grow to ${max} copies, but the nodes have room for ${most}`,
    hint: ({ most }) => `write at most ${most}, lower its request, or add a node`,
    meaning:
      'Under load the copies beyond that would wait for room while callers wait for them. Counted with every other function at its `min`.',
    example: {
      config: { functions: functions("replicas: { max: 5 }, memory: { request: '192Mi', limit: '192Mi' }") },
    },
  }),
};

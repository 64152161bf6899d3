import { define } from '../../diagnostics/definition.ts';

const pay = (settings: string, keys: Readonly<Record<string, string>> = {}) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} } }`, ...keys },
});

/** At most two digits behind the point. */
const amount = (value: number): string => String(Math.round(value * 100) / 100);

interface Asked {
  name: string;
  asked: number;
  limit: number;
}

/** What `resolve` reports about traffic that the platform cannot carry. */
export const resolveLoadDiagnostics = {
  'resolve/traffic-over-copies': define<Asked & { copies: number; max: number; isMost: boolean }>({
    severity: 'warning',
    fact: ({ name, asked, limit, copies }) =>
      `at its peak '${name}' has ${amount(asked)} calls under way, but ${copies} copies take ${amount(limit)}`,
    hint: ({ name, copies, max, isMost }) => {
      if (copies < max)
        return `add memory or processors: there is only room for ${copies} of its ${max} copies`;
      return isMost
        ? `raise functions.${name}.concurrency; the community edition runs no more than ${max} copies`
        : `raise functions.${name}.replicas.max or its concurrency`;
    },
    meaning:
      "Calls under way are calls a second times the seconds that a call takes (Little's law). A copy answers 429 to a call beyond its `concurrency`.",
    example: pay("concurrency: 1, traffic: { calls: 1_000_000, peak: '50r/s', duration: '200ms' }"),
  }),
  'resolve/traffic-over-copy-processors': define<Asked>({
    severity: 'warning',
    fact: ({ name, asked, limit }) =>
      `the peak of '${name}' keeps ${amount(asked)} processors busy, but its copies may use ${amount(limit)}`,
    hint: ({ name }) => `raise functions.${name}.cpu.limit or its replicas.max`,
    meaning:
      'A copy that has used its `cpu.limit` is stopped for the rest of each tenth of a second. At this rate calls would become slower and slower.',
    example: pay(
      "cpu: { limit: '100m' }, traffic: { calls: 1_000_000, peak: '20r/s', duration: '80ms', cpuTime: '40ms' }",
    ),
  }),
  'resolve/traffic-over-processors': define<Asked>({
    severity: 'warning',
    fact: ({ asked, limit }) =>
      `the declared peaks keep ${amount(asked)} processors busy, but the nodes have ${amount(limit)} for functions`,
    hint: ({ asked, limit }) =>
      `add ${amount(Math.ceil(asked - limit))} or more processors, or correct traffic if the functions do not peak at the same time`,
    meaning:
      'Processors that are busy are calls a second times the processor time of a call. What K3s, the system and OpenFaaS ask for is not available to functions.',
    example: pay("traffic: { calls: 10_000_000, peak: '60r/s', duration: '90ms', cpuTime: '80ms' }"),
  }),
  'resolve/traffic-over-gateway': define<Asked>({
    severity: 'warning',
    fact: ({ asked, limit }) =>
      `at the declared peaks nginx has ${amount(asked)} requests under way, but it allows ${amount(limit)}`,
    hint: () => 'raise gateway.requests with the memory of the nodes, or shorten the calls',
    meaning:
      "Requests under way are calls a second times the seconds that a call takes (Little's law). nginx answers 503 to those beyond `gateway.requests`, because each one takes memory.",
    example: pay("timeout: '5m', traffic: { calls: 1_000_000, peak: '30r/s', duration: '2m' }"),
  }),
  'resolve/traffic-over-rate-limit': define<Asked & { key: string }>({
    severity: 'warning',
    fact: ({ name, asked, limit }) =>
      `the peak of '${name}' is ${amount(asked)} calls a second, but nginx lets its clients make ${amount(limit)}`,
    hint: ({ key }) =>
      `raise ${key}, add the clients' networks to gateway.exempt, or correct traffic.clients`,
    meaning:
      'nginx limits each client, which is an IPv4 address or the /64 of an IPv6 address, and answers 429 beyond that. A few senders of many calls, such as webhooks of one company, reach it soon.',
    example: pay("traffic: { calls: 20_000_000, peak: '50r/s', clients: 2, duration: '20ms' }"),
  }),
  'resolve/traffic-over-connections': define<Asked>({
    severity: 'warning',
    fact: ({ name, asked, limit }) =>
      `at its peak '${name}' has ${amount(asked)} calls under way, but nginx allows its clients ${amount(limit)}`,
    hint: () => 'raise gateway.connectionLimit, or correct traffic.clients',
    meaning:
      'nginx allows each client `gateway.connectionLimit` requests at a time and answers 503 beyond that.',
    example: pay(
      "timeout: '1m', traffic: { calls: 1_000_000, peak: '10r/s', clients: 1, duration: '20s' }, http: { rateLimit: { rate: '20r/s' } }",
    ),
  }),
};

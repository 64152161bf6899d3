import { define } from '../../diagnostics/definition.ts';

const pay = (settings: string, keys: Readonly<Record<string, string>> = {}) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} } }`, ...keys },
});

const openfaas = (settings: string) => ({
  openfaas: `{ licence: 'personal', startCheck: 'accepted', ${settings} }`,
});

/** What `resolve` reports about functions. */
export const resolveFunctionsDiagnostics = {
  'resolve/address-collision': define<{ name: string; other: string; address: string }>({
    severity: 'error',
    fact: ({ name, other, address }) => `'${name}' and ${other} would both have the address ${address}`,
    hint: () => "choose another address of the same range: direct: { address: '…' }",
    meaning: 'A fixed address belongs to one Service. Kubernetes refuses a second Service that asks for it.',
    example: pay("direct: { address: '10.43.0.80' }"),
  }),
  'resolve/async-body-limit': define<{ name: string; size: string; limit: number }>({
    severity: 'warning',
    fact: ({ name, size, limit }) =>
      `the queue takes bodies of at most ${limit} bytes, so /async-function/${name} cannot take ${size}`,
    hint: () => 'send larger bodies to /function/, or pass a reference to the data',
    meaning: 'The queue has a maximum message size of its own, whatever nginx accepts.',
    example: pay("async: true, maxBody: '50m'"),
  }),
  'resolve/async-is-off': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `'${name}' needs the queue, but openfaas.async turns it off`,
    hint: () => 'remove openfaas.async: false, or remove this key',
    meaning: 'Without the queue nothing can accept the call.',
    example: pay('async: true', openfaas('async: false')),
  }),
  'resolve/call-unknown': define<{ name: string; callee: string; suggestion: string | undefined }>({
    severity: 'error',
    fact: ({ name, callee }) => `'${name}' calls '${callee}', but there is no such function`,
    hint: ({ suggestion }) =>
      suggestion === undefined ? 'name one of your functions' : `did you mean '${suggestion}'?`,
    meaning: 'The function would get an address that does not exist.',
    example: pay("calls: ['ledgr'] }, ledger: { image: 'ghcr.io/acme/ledger:1'"),
  }),
  'resolve/calls-forwarded': define<{ name: string; others: number; callees: readonly string[] }>({
    severity: 'info',
    fact: ({ name, others }) =>
      others === 0
        ? `'${name}' calls through the gateway, which forwards it to any function, declared or not`
        : `'${name}' and ${others} more call through the gateway, which forwards them to any function, declared or not`,
    hint: ({ callees }) =>
      `set direct: true on ${callees.map((callee) => `'${callee}'`).join(', ')} to close the gateway to callers; if they may call any function, do nothing`,
    meaning:
      'A network policy opens the whole gateway, and the community edition does not check who calls. A function that calls only direct functions cannot reach the gateway, so it reaches only those functions.',
    example: pay("calls: ['ledger'] }, ledger: { image: 'ghcr.io/acme/ledger:1', expose: false"),
  }),
  'resolve/schedule-name-taken': define<{ name: string; job: string }>({
    severity: 'error',
    fact: ({ name, job }) =>
      `a further schedule of '${name}' is called '${job}', as the schedule of that function`,
    hint: ({ job }) => `rename the function '${job}', or give it the schedule too`,
    meaning:
      'Each schedule is a CronJob. A further one has the name of its function with a number behind it.',
    example: {
      config: {
        functions:
          "{ pay: { image: 'ghcr.io/acme/pay:1', expose: false, schedule: ['@daily', '@weekly'] }, 'pay-2': { image: 'ghcr.io/acme/pay:2', expose: false, schedule: '@daily' } }",
      },
    },
  }),
  'resolve/cron-not-understood': define<{ cron: string; problem: string }>({
    severity: 'error',
    fact: ({ cron, problem }) => `'${cron}' is not a valid schedule: ${problem}`,
    hint: () => "write minute, hour, day, month and weekday, such as '30 7 * * mon-fri'",
    meaning: 'Kubernetes would refuse the CronJob, or never run it.',
    example: pay("expose: false, schedule: '61 * * * *'"),
  }),
  'resolve/direct-gives-up': define<{ name: string; address: string }>({
    severity: 'info',
    fact: ({ name, address }) => `nginx calls '${name}' directly at ${address}, bypassing OpenFaaS' gateway`,
    hint: () => "remove direct if you need the gateway's metrics or scaling; otherwise do nothing",
    meaning:
      "This is faster, but the gateway's metrics do not count these calls. The function is scaled by CPU use instead of calls, and connections are balanced over its copies instead of calls.",
    example: pay('direct: true'),
  }),
  'resolve/function-as-root': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) =>
      `'${name}' would run as root, which the Pod Security level 'restricted' of its namespace refuses`,
    hint: () => 'write the number of another user, or remove runAsUser to get 12000',
    meaning: 'Kubernetes would refuse to create the pod, so the function would have no copy.',
    example: pay('runAsUser: 0'),
  }),
  'resolve/grace-too-short': define<{ name: string; grace: string; needed: string }>({
    severity: 'warning',
    fact: ({ name, grace, needed }) =>
      `a stopping copy of '${name}' is killed after ${grace}, but its calls can take up to ${needed}`,
    hint: ({ needed }) => `remove gracePeriod (it is derived), or make it at least '${needed}'`,
    meaning:
      'A new version stops the copies of the old one, so calls that are still running on them would be cut off.',
    example: pay("timeout: '5m', gracePeriod: '10s'"),
  }),
  'resolve/health-behind-concurrency': define<{ name: string; path: string; limit: number }>({
    severity: 'warning',
    fact: ({ name, path, limit }) =>
      `a copy of '${name}' that handles ${limit} calls answers ${path} with 429, so it is restarted`,
    hint: () => "remove healthPath: the watchdog's own /_/health does not count as a call",
    meaning:
      'A health check counts as a call. A copy at its concurrency limit would fail the check and be restarted, and all of its calls would be lost.',
    example: pay("concurrency: 10, healthPath: '/health'"),
  }),
  'resolve/amount-too-large': define<{ what: string; amount: string }>({
    severity: 'error',
    fact: ({ what, amount }) => `no machine has ${amount} of ${what}`,
    hint: ({ what, amount }) =>
      what === 'cpu' && !amount.endsWith('m')
        ? `write '${amount}m' for thousandths of a core`
        : 'write the unit that you mean',
    meaning: 'No node has room for it, so it would never start.',
    example: pay("cpu: { request: '600' }"),
  }),
  'resolve/amount-too-small': define<{ what: string; amount: string; needed: string }>({
    severity: 'error',
    fact: ({ what, amount, needed }) =>
      `${amount} of ${what} is too little to start a container, which needs at least ${needed}`,
    hint: ({ amount, needed }) =>
      /^\d+$/.test(amount)
        ? `add the unit: ${amount} is a number of bytes`
        : `write at least ${needed}, or check the unit`,
    meaning:
      'The container would be killed as soon as it starts, again and again. Usually a letter of the unit is missing.',
    example: {
      config: {
        functions: "{ pay: { image: 'ghcr.io/acme/pay:1', memory: { request: '1Ki', limit: '512Ki' } } }",
      },
    },
  }),
  'resolve/cpu-zero': define<{ amount: string }>({
    severity: 'error',
    fact: ({ amount }) => `'${amount}' is zero CPU time`,
    hint: () => "write at least '1m', a thousandth of a core",
    meaning: 'Kubernetes would start it with almost no CPU time, or refuse it.',
    example: pay("cpu: { request: '0.000' }"),
  }),
  'resolve/image-latest': define<{ image: string }>({
    severity: 'warning',
    fact: ({ image }) => `'${image}' can mean a different image tomorrow`,
    hint: () => 'name a version or a digest',
    meaning:
      'Two nodes, or the same node tomorrow, can run different code under the same name, so you cannot go back to an older version.',
    example: { config: { functions: "{ pay: { image: 'ghcr.io/acme/pay:latest' } }" } },
  }),
  'resolve/name-too-long': define<{ name: string; what: string; limit: number }>({
    severity: 'error',
    fact: ({ name, what, limit }) =>
      `'${name}' has ${name.length} characters, but a function with ${what} can have at most ${limit}`,
    hint: () => 'shorten it; Kubernetes limits the longer names made from it to 63 characters',
    meaning: 'Kubernetes would refuse the objects that are named after the function.',
    example: {
      config: {
        functions:
          "{ 'a-name-that-says-a-little-too-much-of-what-it-does': { image: 'ghcr.io/acme/pay:1', secrets: ['api-key'] } }",
      },
    },
  }),
  'resolve/replicas-reversed': define<{ min: number; max: number }>({
    severity: 'error',
    fact: ({ min, max }) => `min (${min}) is greater than max (${max})`,
    hint: () => 'raise max, or lower min',
    meaning: 'No number of copies satisfies both limits.',
    example: pay('replicas: { min: 3, max: 2 }'),
  }),
  'resolve/replicas-without-autoscaling': define<{ name: string; min: number; max: number }>({
    severity: 'error',
    fact: ({ name, min, max }) =>
      `'${name}' would stay at ${min} and never reach ${max}, because openfaas.autoscaling is off`,
    hint: () => 'remove max, or turn openfaas.autoscaling on',
    meaning: 'Nothing would ever start copies above the minimum.',
    example: pay('replicas: { min: 1, max: 3 }', openfaas('autoscaling: false')),
  }),
  'resolve/request-over-limit': define<{ what: string; request: string; limit: string }>({
    severity: 'error',
    fact: ({ what, request, limit }) => `the ${what} request ${request} is above the limit ${limit}`,
    hint: () => 'raise the limit or lower the request',
    meaning: 'Kubernetes refuses a container that requests more than its limit.',
    example: pay("memory: { request: '1Gi', limit: '512Mi' }"),
  }),
  'resolve/scale-to-zero': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `the community edition resets '${name}' to 1 copy when it is scaled to 0`,
    hint: () => 'write min: 1',
    meaning: 'The function would not stay at zero, so it would save nothing.',
    example: pay('replicas: { min: 0 }'),
  }),
  'resolve/scaling-without-effect': define<{ name: string; key: string; why: string }>({
    severity: 'warning',
    fact: ({ name, key, why }) => `${key} of '${name}' has no effect: ${why}`,
    hint: () => 'remove it',
    meaning: 'A setting without effect hides the setting that really decides.',
    example: pay("replicas: { min: 2, max: 2, rate: '5r/s' }"),
  }),
  'resolve/time-zone-unknown': define<{ timeZone: string; suggestion: string | undefined }>({
    severity: 'error',
    fact: ({ timeZone }) => `'${timeZone}' is not a time zone`,
    hint: ({ suggestion }) =>
      suggestion === undefined
        ? "write a name from the IANA database, such as 'Europe/Oslo'"
        : `did you mean '${suggestion}'?`,
    meaning: 'Kubernetes refuses a CronJob with a time zone that it does not know.',
    example: pay("expose: false, schedule: { cron: '0 7 * * *', timeZone: 'Europe/Olso' }"),
  }),
  'resolve/timeout-zero': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `the timeout of '${name}' is 0`,
    hint: () => "write the longest time that a call may take, such as '15m'; there is no unlimited timeout",
    meaning: 'A hop that waits forever keeps its connection and memory forever.',
    example: pay("timeout: '0s'"),
  }),
  'resolve/too-many-functions': define<{ count: number; limit: number }>({
    severity: 'error',
    fact: ({ count, limit }) =>
      `there are ${count} functions, but with more than ${limit} the community edition refuses every call`,
    hint: ({ count, limit }) => `remove ${count - limit}, or split the functions over two platforms`,
    meaning: 'The limit applies to the whole installation: with one function too many, none can be called.',
    example: {
      config: {
        functions:
          "Object.fromEntries(Array.from({ length: 16 }, (_, n) => ['fn-' + n, { image: 'ghcr.io/acme/pay:1' }]))",
      },
    },
  }),
  'resolve/too-many-replicas': define<{ name: string; replicas: number; limit: number }>({
    severity: 'error',
    fact: ({ name, replicas, limit }) =>
      `the community edition resets '${name}' to ${limit} copies when it has ${replicas}`,
    hint: ({ limit }) => `write at most ${limit}`,
    meaning:
      'The function would not keep this number, but you would only notice under the load that it was meant for.',
    example: pay('replicas: { max: 6 }'),
  }),
};

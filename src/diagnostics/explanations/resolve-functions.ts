import type { functionsCodes } from '../codes/resolve-functions.ts';
import type { Explanations } from './explanation.ts';

const pay = (settings: string, keys: Readonly<Record<string, string>> = {}) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} } }`, ...keys },
});
const openfaas = (settings: string) => ({
  openfaas: `{ licence: 'personal', startCheck: 'accepted', ${settings} }`,
});

export const functionsExplanations: Explanations<keyof typeof functionsCodes> = {
  'resolve/address-collision': {
    meaning:
      'A Service has its fixed address for itself; Kubernetes refuses the second one that asks for it.',
    example: pay("direct: { address: '10.43.0.80' }"),
  },
  'resolve/async-body-limit': {
    meaning: 'The queue has a largest message of its own, whatever nginx lets through.',
    example: pay("async: true, maxBody: '50m'"),
  },
  'resolve/amount-too-large': {
    meaning: 'No node would have room for it, so it would wait for one for ever.',
    example: pay("cpu: { request: '600' }"),
  },
  'resolve/cpu-zero': {
    meaning: 'Kubernetes would start it with a share of the processor that is next to nothing, or refuse it.',
    example: pay("cpu: { request: '0.000' }"),
  },
  'resolve/async-is-off': {
    meaning: 'Without the queue there is nothing that could take the call.',
    example: pay('async: true', openfaas('async: false')),
  },
  'resolve/call-unknown': {
    meaning: 'The function would get the address of nothing.',
    example: pay("calls: ['ledgr'] }, ledger: { image: 'ghcr.io/acme/ledger:1'"),
  },
  'resolve/cron-not-understood': {
    meaning: 'Kubernetes would refuse the CronJob, or never start it.',
    example: pay("expose: false, schedule: '61 * * * *'"),
  },
  'resolve/direct-gives-up': {
    meaning: 'Going past the gateway is faster, and some of what the gateway does is then not done.',
    example: pay('direct: true'),
  },
  'resolve/env-is-ours': {
    meaning:
      'The variable is derived, so that it fits the other hops. A second value for it would break that.',
    example: pay("env: { exec_timeout: '1h' }"),
  },
  'resolve/secret-in-env': {
    meaning:
      'A config and what it compiles to are committed, reviewed and pasted. A secret in them is known to all who see any of that, and should be replaced.',
    example: pay("env: { DATABASE_URL: 'postgres://pay:hunter2@db.example.no/pay' }"),
  },
  'resolve/secret-by-name': {
    meaning:
      'Going by the name, the value should not be read by everybody who may see the config. If it may, turn the warning off in diagnostics.',
    example: pay("env: { SMTP_PASSWORD: 'hunter2' }"),
  },
  'resolve/function-as-root': {
    meaning: 'The pod would be refused when it is created, and the function would have no copy.',
    example: pay('runAsUser: 0'),
  },
  'resolve/grace-too-short': {
    meaning: 'A new version stops the copies of the old one. Calls that they still work on would be cut off.',
    example: pay("timeout: '5m', gracePeriod: '10s'"),
  },
  'resolve/health-behind-concurrency': {
    meaning: 'A busy copy would be taken for a dead one and restarted, with all of its calls.',
    example: pay("concurrency: 10, healthPath: '/health'"),
  },
  'resolve/amount-too-small': {
    meaning:
      'The container is ended as soon as it starts, again and again; mostly a letter of the unit is missing.',
    example: {
      config: {
        functions: "{ pay: { image: 'ghcr.io/acme/pay:1', memory: { request: '1Ki', limit: '512Ki' } } }",
      },
    },
  },
  'resolve/image-latest': {
    meaning:
      'Two nodes, or today and tomorrow, can run different code under one name, and nobody can go back.',
    example: { config: { functions: "{ pay: { image: 'ghcr.io/acme/pay:latest' } }" } },
  },
  'resolve/name-too-long': {
    meaning: 'Kubernetes would refuse what is named after the function.',
    example: {
      config: {
        functions:
          "{ 'a-name-that-says-a-little-too-much-of-what-it-does': { image: 'ghcr.io/acme/pay:1', secrets: ['api-key'] } }",
      },
    },
  },
  'resolve/replicas-reversed': {
    meaning: 'There is no number of copies that is both.',
    example: pay('replicas: { min: 3, max: 2 }'),
  },
  'resolve/replicas-without-autoscaling': {
    meaning: 'Nothing would ever start the copies above the smallest number.',
    example: pay('replicas: { min: 1, max: 3 }', openfaas('autoscaling: false')),
  },
  'resolve/request-over-limit': {
    meaning: 'Kubernetes refuses a container that asks for more than it may use.',
    example: pay("memory: { request: '1Gi', limit: '512Mi' }"),
  },
  'resolve/scale-to-zero': {
    meaning: 'The number would not be kept, and the saving that was hoped for would not come.',
    example: pay('replicas: { min: 0 }'),
  },
  'resolve/scaling-without-effect': {
    meaning: 'A setting that does nothing hides what really decides.',
    example: pay("replicas: { min: 2, max: 2, rate: '5r/s' }"),
  },
  'resolve/time-zone-unknown': {
    meaning: 'Kubernetes refuses a CronJob of a time zone that it does not know.',
    example: pay("expose: false, schedule: { cron: '0 7 * * *', timeZone: 'Europe/Olso' }"),
  },
  'resolve/timeout-zero': {
    meaning: 'A hop that waits for ever keeps its connection and memory for ever.',
    example: pay("timeout: '0s'"),
  },
  'resolve/too-many-functions': {
    meaning: 'The limit is of the whole installation: one function too many and none can be called.',
    example: {
      config: {
        functions:
          "Object.fromEntries(Array.from({ length: 16 }, (_, n) => ['fn-' + n, { image: 'ghcr.io/acme/pay:1' }]))",
      },
    },
  },
  'resolve/too-many-replicas': {
    meaning: 'The number would not be kept, which shows first when the load comes that it was meant for.',
    example: pay('replicas: { max: 6 }'),
  },
};

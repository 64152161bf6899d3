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
    meaning: 'A fixed address belongs to one Service. Kubernetes refuses a second Service that asks for it.',
    example: pay("direct: { address: '10.43.0.80' }"),
  },
  'resolve/async-body-limit': {
    meaning: 'The queue has a maximum message size of its own, whatever nginx accepts.',
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
    meaning: 'Without the queue nothing can accept the call.',
    example: pay('async: true', openfaas('async: false')),
  },
  'resolve/call-unknown': {
    meaning: 'The function would get an address that does not exist.',
    example: pay("calls: ['ledgr'] }, ledger: { image: 'ghcr.io/acme/ledger:1'"),
  },
  'resolve/cron-not-understood': {
    meaning: 'Kubernetes would refuse the CronJob, or never run it.',
    example: pay("expose: false, schedule: '61 * * * *'"),
  },
  'resolve/direct-gives-up': {
    meaning:
      "This is faster, but the gateway's metrics do not count these calls, copies scale by processor use instead of calls, and connections are spread over the copies rather than calls.",
    example: pay('direct: true'),
  },
  'resolve/env-is-ours': {
    meaning: 'Fjord derives the variable so that it fits the other hops. A second value would break that.',
    example: pay("env: { exec_timeout: '1h' }"),
  },
  'resolve/secret-in-env': {
    meaning:
      'A config and its output are committed, reviewed and pasted. Anyone who sees one of them knows the secret, so it should be replaced.',
    example: pay("env: { DATABASE_URL: 'postgres://pay:hunter2@db.example.no/pay' }"),
  },
  'resolve/secret-by-name': {
    meaning:
      'Going by the name, not everybody who can see the config should read the value. If they may, turn the warning off in diagnostics.',
    example: pay("env: { SMTP_PASSWORD: 'hunter2' }"),
  },
  'resolve/function-as-root': {
    meaning: 'Kubernetes would refuse to create the pod, so the function would have no copy.',
    example: pay('runAsUser: 0'),
  },
  'resolve/grace-too-short': {
    meaning:
      'A new version stops the copies of the old one. Calls that these copies are still working on would be cut off.',
    example: pay("timeout: '5m', gracePeriod: '10s'"),
  },
  'resolve/health-behind-concurrency': {
    meaning:
      'A health check counts as a call. A copy at its concurrency limit would be taken for dead and restarted, with all of its calls.',
    example: pay("concurrency: 10, healthPath: '/health'"),
  },
  'resolve/amount-too-small': {
    meaning:
      'The container would be killed as soon as it starts, again and again. Usually a letter of the unit is missing.',
    example: {
      config: {
        functions: "{ pay: { image: 'ghcr.io/acme/pay:1', memory: { request: '1Ki', limit: '512Ki' } } }",
      },
    },
  },
  'resolve/image-latest': {
    meaning:
      'Two nodes, or today and tomorrow, can run different code under the same name, and nobody can go back.',
    example: { config: { functions: "{ pay: { image: 'ghcr.io/acme/pay:latest' } }" } },
  },
  'resolve/name-too-long': {
    meaning: 'Kubernetes would refuse the objects that are named after the function.',
    example: {
      config: {
        functions:
          "{ 'a-name-that-says-a-little-too-much-of-what-it-does': { image: 'ghcr.io/acme/pay:1', secrets: ['api-key'] } }",
      },
    },
  },
  'resolve/replicas-reversed': {
    meaning: 'No number of copies satisfies both limits.',
    example: pay('replicas: { min: 3, max: 2 }'),
  },
  'resolve/replicas-without-autoscaling': {
    meaning: 'Nothing would ever start copies above the minimum.',
    example: pay('replicas: { min: 1, max: 3 }', openfaas('autoscaling: false')),
  },
  'resolve/request-over-limit': {
    meaning: 'Kubernetes refuses a container that requests more than its limit.',
    example: pay("memory: { request: '1Gi', limit: '512Mi' }"),
  },
  'resolve/scale-to-zero': {
    meaning: 'The function would not stay at zero, so it would save nothing.',
    example: pay('replicas: { min: 0 }'),
  },
  'resolve/scaling-without-effect': {
    meaning: 'A setting without effect hides the one that really decides.',
    example: pay("replicas: { min: 2, max: 2, rate: '5r/s' }"),
  },
  'resolve/time-zone-unknown': {
    meaning: 'Kubernetes refuses a CronJob with a time zone that it does not know.',
    example: pay("expose: false, schedule: { cron: '0 7 * * *', timeZone: 'Europe/Olso' }"),
  },
  'resolve/timeout-zero': {
    meaning: 'A hop that waits forever keeps its connection and memory forever.',
    example: pay("timeout: '0s'"),
  },
  'resolve/too-many-functions': {
    meaning: 'The limit applies to the whole installation: with one function too many, none can be called.',
    example: {
      config: {
        functions:
          "Object.fromEntries(Array.from({ length: 16 }, (_, n) => ['fn-' + n, { image: 'ghcr.io/acme/pay:1' }]))",
      },
    },
  },
  'resolve/too-many-replicas': {
    meaning:
      'The number would not be kept, and you would notice it only under the load that it was meant for.',
    example: pay('replicas: { max: 6 }'),
  },
};

import { define } from '../definition.ts';

const intoSecret = (): string =>
  "put it into a Secret, name that in secrets: ['…'], and let the function read /var/openfaas/secrets/…";

export const functionsCodes = {
  'resolve/address-collision': define<{ name: string; other: string; address: string }>({
    severity: 'error',
    fact: ({ name, other, address }) => `'${name}' and ${other} would both have the address ${address}`,
    hint: () => "write another one of the same range: direct: { address: '…' }",
  }),
  'resolve/async-body-limit': define<{ name: string; size: string; limit: number }>({
    severity: 'warning',
    fact: ({ name, size, limit }) =>
      `the queue takes bodies of at most ${limit} bytes, so /async-function/${name} does too, not ${size}`,
    hint: () => 'send larger ones to /function/, or pass a reference to them',
  }),
  'resolve/async-is-off': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `'${name}' is to be called from the queue, which openfaas.async turns off`,
    hint: () => 'remove openfaas.async: false, or this',
  }),
  'resolve/call-unknown': define<{ name: string; callee: string; suggestion: string | undefined }>({
    severity: 'error',
    fact: ({ name, callee }) => `'${name}' calls '${callee}', and there is no such function`,
    hint: ({ suggestion }) =>
      suggestion === undefined ? 'write the name of one of functions' : `did you mean '${suggestion}'?`,
  }),
  'resolve/cron-not-understood': define<{ cron: string; problem: string }>({
    severity: 'error',
    fact: ({ cron, problem }) => `Kubernetes cannot call by '${cron}': ${problem}`,
    hint: () => "write minute, hour, day, month and weekday, such as '30 7 * * mon-fri'",
  }),
  'resolve/direct-gives-up': define<{ name: string; address: string }>({
    severity: 'info',
    fact: ({ name, address }) =>
      `nginx calls '${name}' at ${address}, past the gateway: its metrics do not count these calls, more copies come by processor use and not by calls, and connections are spread over copies rather than calls, and the path arrives as nginx has resolved and decoded it`,
    hint: () => 'remove direct if you want those; nothing to do otherwise',
  }),
  'resolve/env-is-ours': define<{ variable: string; from: string }>({
    severity: 'error',
    fact: ({ variable, from }) => `${variable} follows from ${from}`,
    hint: () => 'remove it, and set that instead',
  }),
  'resolve/secret-in-env': define<{ variable: string; what: string }>({
    severity: 'error',
    fact: ({ variable, what }) => `${variable} has ${what} in it, and a config holds no secret`,
    hint: intoSecret,
  }),
  'resolve/secret-by-name': define<{ variable: string }>({
    severity: 'warning',
    fact: ({ variable }) =>
      `${variable} is the name of a secret, and its value would be in dist/ for all to read`,
    hint: intoSecret,
  }),
  'resolve/function-as-root': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) =>
      `'${name}' would run as root, and the namespace's Pod Security level "restricted" refuses it`,
    hint: () => 'write the number of another user, or leave runAsUser out for 12000',
  }),
  'resolve/grace-too-short': define<{ name: string; grace: string; needed: string }>({
    severity: 'warning',
    fact: ({ name, grace, needed }) =>
      `a copy of '${name}' that must go is stopped after ${grace}, and its calls can take up to ${needed}`,
    hint: ({ needed }) => `remove gracePeriod (it is derived), or make it at least '${needed}'`,
  }),
  'resolve/health-behind-concurrency': define<{ name: string; path: string; limit: number }>({
    severity: 'warning',
    fact: ({ name, path, limit }) =>
      `${path} counts as a call: while '${name}' has ${limit} of them it answers 429, and its copy is restarted`,
    hint: () => "leave healthPath out: the watchdog's own /_/health does not count",
  }),
  'resolve/amount-too-large': define<{ what: string; amount: string }>({
    severity: 'error',
    fact: ({ what, amount }) => `no machine has ${amount} of ${what}`,
    hint: ({ what, amount }) =>
      what === 'cpu' && !amount.endsWith('m')
        ? `${amount} is that many cores; for thousandths of a core write '${amount}m'`
        : 'write the unit that you mean',
  }),
  'resolve/amount-too-small': define<{ what: string; amount: string; needed: string }>({
    severity: 'error',
    fact: ({ what, amount, needed }) => `no container lives on ${amount} of ${what}; the least is ${needed}`,
    hint: ({ amount }) =>
      `write the unit that you mean: ${amount} is ${/Ki|k/.test(amount) ? 'thousands of bytes' : 'bytes'}`,
  }),
  'resolve/cpu-zero': define<{ amount: string }>({
    severity: 'error',
    fact: ({ amount }) => `'${amount}' is no processor time at all`,
    hint: () => "write at least '1m', a thousandth of a core",
  }),
  'resolve/image-latest': define<{ image: string }>({
    severity: 'warning',
    fact: ({ image }) => `'${image}' can be another image tomorrow`,
    hint: () => 'write the version, or the digest',
  }),
  'resolve/name-too-long': define<{ name: string; what: string; limit: number }>({
    severity: 'error',
    fact: ({ name, what, limit }) =>
      `the name of a function with ${what} has at most ${limit} characters, and '${name}' has ${name.length}`,
    hint: () => 'shorten it: longer names are made of it, which Kubernetes limits to 63',
  }),
  'resolve/replicas-reversed': define<{ min: number; max: number }>({
    severity: 'error',
    fact: ({ min, max }) => `min is ${min} and max is ${max}`,
    hint: () => 'make max at least min',
  }),
  'resolve/replicas-without-autoscaling': define<{ name: string; min: number; max: number }>({
    severity: 'error',
    fact: ({ name, min, max }) =>
      `'${name}' would stay at ${min} and never reach ${max}, since openfaas.autoscaling is off`,
    hint: () => 'remove max, or turn autoscaling on',
  }),
  'resolve/request-over-limit': define<{ what: string; request: string; limit: string }>({
    severity: 'error',
    fact: ({ what, request, limit }) => `the ${what} request ${request} is above the limit ${limit}`,
    hint: () => 'raise the limit or lower the request',
  }),
  'resolve/scale-to-zero': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `the community edition sets '${name}' back to 1 when it is scaled to 0`,
    hint: () => 'write min: 1',
  }),
  'resolve/scaling-without-effect': define<{ name: string; key: string; why: string }>({
    severity: 'warning',
    fact: ({ name, key, why }) => `${key} of '${name}' has no effect: ${why}`,
    hint: () => 'remove it',
  }),
  'resolve/time-zone-unknown': define<{ timeZone: string; suggestion: string | undefined }>({
    severity: 'error',
    fact: ({ timeZone }) => `'${timeZone}' is no time zone`,
    hint: ({ suggestion }) =>
      suggestion === undefined
        ? "write a place of the IANA database, such as 'Europe/Oslo'"
        : `did you mean '${suggestion}'?`,
  }),
  'resolve/timeout-zero': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `'${name}' has a timeout of nothing; there is no value for "unlimited"`,
    hint: () => "write the longest time that a call may take, such as '15m'",
  }),
  'resolve/too-many-functions': define<{ count: number; limit: number }>({
    severity: 'error',
    fact: ({ count, limit }) =>
      `there are ${count} functions; with more than ${limit} the community edition refuses every call`,
    hint: ({ count, limit }) => `remove ${count - limit}, or split them over two platforms`,
  }),
  'resolve/too-many-replicas': define<{ name: string; replicas: number; limit: number }>({
    severity: 'error',
    fact: ({ name, replicas, limit }) =>
      `the community edition sets '${name}' back to ${limit} replicas when it has ${replicas}`,
    hint: ({ limit }) => `write at most ${limit}`,
  }),
};

import { define } from '../definition.ts';

const intoSecret = (): string =>
  "put it into a Secret, list the Secret in secrets: ['…'], and let the function read /var/openfaas/secrets/…";

export const functionsCodes = {
  'resolve/address-collision': define<{ name: string; other: string; address: string }>({
    severity: 'error',
    fact: ({ name, other, address }) => `'${name}' and ${other} would both have the address ${address}`,
    hint: () => "choose another address of the same range: direct: { address: '…' }",
  }),
  'resolve/async-body-limit': define<{ name: string; size: string; limit: number }>({
    severity: 'warning',
    fact: ({ name, size, limit }) =>
      `the queue takes bodies of at most ${limit} bytes, so /async-function/${name} cannot take ${size}`,
    hint: () => 'send larger bodies to /function/, or pass a reference to the data',
  }),
  'resolve/async-is-off': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `'${name}' needs the queue, but openfaas.async turns it off`,
    hint: () => 'remove openfaas.async: false, or remove this key',
  }),
  'resolve/call-unknown': define<{ name: string; callee: string; suggestion: string | undefined }>({
    severity: 'error',
    fact: ({ name, callee }) => `'${name}' calls '${callee}', but there is no such function`,
    hint: ({ suggestion }) =>
      suggestion === undefined ? 'name one of your functions' : `did you mean '${suggestion}'?`,
  }),
  'resolve/cron-not-understood': define<{ cron: string; problem: string }>({
    severity: 'error',
    fact: ({ cron, problem }) => `'${cron}' is not a valid schedule: ${problem}`,
    hint: () => "write minute, hour, day, month and weekday, such as '30 7 * * mon-fri'",
  }),
  'resolve/direct-gives-up': define<{ name: string; address: string }>({
    severity: 'info',
    fact: ({ name, address }) => `nginx calls '${name}' directly at ${address}, bypassing OpenFaaS' gateway`,
    hint: () => "remove direct if you need the gateway's metrics or scaling; otherwise do nothing",
  }),
  'resolve/env-is-ours': define<{ variable: string; from: string }>({
    severity: 'error',
    fact: ({ variable, from }) => `'${variable}' follows from ${from}`,
    hint: () => 'remove it; if you need another value, change what it follows from',
  }),
  'resolve/secret-in-env': define<{ variable: string; what: string }>({
    severity: 'error',
    fact: ({ variable, what }) =>
      `the value of '${variable}' contains ${what}, but a config must hold no secrets`,
    hint: intoSecret,
  }),
  'resolve/secret-by-name': define<{ variable: string }>({
    severity: 'warning',
    fact: ({ variable }) => `'${variable}' sounds like a secret, but its value would be readable in dist/`,
    hint: intoSecret,
  }),
  'resolve/function-as-root': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) =>
      `'${name}' would run as root, which the Pod Security level 'restricted' of its namespace refuses`,
    hint: () => 'write the number of another user, or remove runAsUser to get 12000',
  }),
  'resolve/grace-too-short': define<{ name: string; grace: string; needed: string }>({
    severity: 'warning',
    fact: ({ name, grace, needed }) =>
      `a stopping copy of '${name}' is killed after ${grace}, but its calls can take up to ${needed}`,
    hint: ({ needed }) => `remove gracePeriod (it is derived), or make it at least '${needed}'`,
  }),
  'resolve/health-behind-concurrency': define<{ name: string; path: string; limit: number }>({
    severity: 'warning',
    fact: ({ name, path, limit }) =>
      `a copy of '${name}' that handles ${limit} calls answers ${path} with 429, so it is restarted`,
    hint: () => "remove healthPath: the watchdog's own /_/health does not count as a call",
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
    fact: ({ what, amount, needed }) =>
      `${amount} of ${what} is too little to start a container, which needs at least ${needed}`,
    hint: ({ amount, needed }) =>
      /^\d+$/.test(amount)
        ? `add the unit: ${amount} is a number of bytes`
        : `write at least ${needed}, or check the unit`,
  }),
  'resolve/cpu-zero': define<{ amount: string }>({
    severity: 'error',
    fact: ({ amount }) => `'${amount}' is no processor time at all`,
    hint: () => "write at least '1m', a thousandth of a core",
  }),
  'resolve/image-latest': define<{ image: string }>({
    severity: 'warning',
    fact: ({ image }) => `'${image}' can mean a different image tomorrow`,
    hint: () => 'name a version or a digest',
  }),
  'resolve/name-too-long': define<{ name: string; what: string; limit: number }>({
    severity: 'error',
    fact: ({ name, what, limit }) =>
      `'${name}' has ${name.length} characters, but a function with ${what} can have at most ${limit}`,
    hint: () => 'shorten it; Kubernetes limits the longer names made from it to 63 characters',
  }),
  'resolve/replicas-reversed': define<{ min: number; max: number }>({
    severity: 'error',
    fact: ({ min, max }) => `min (${min}) is greater than max (${max})`,
    hint: () => 'raise max, or lower min',
  }),
  'resolve/replicas-without-autoscaling': define<{ name: string; min: number; max: number }>({
    severity: 'error',
    fact: ({ name, min, max }) =>
      `'${name}' would stay at ${min} and never reach ${max}, because openfaas.autoscaling is off`,
    hint: () => 'remove max, or turn openfaas.autoscaling on',
  }),
  'resolve/request-over-limit': define<{ what: string; request: string; limit: string }>({
    severity: 'error',
    fact: ({ what, request, limit }) => `the ${what} request ${request} is above the limit ${limit}`,
    hint: () => 'raise the limit or lower the request',
  }),
  'resolve/scale-to-zero': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `the community edition resets '${name}' to 1 copy when it is scaled to 0`,
    hint: () => 'write min: 1',
  }),
  'resolve/scaling-without-effect': define<{ name: string; key: string; why: string }>({
    severity: 'warning',
    fact: ({ name, key, why }) => `${key} of '${name}' has no effect: ${why}`,
    hint: () => 'remove it',
  }),
  'resolve/time-zone-unknown': define<{ timeZone: string; suggestion: string | undefined }>({
    severity: 'error',
    fact: ({ timeZone }) => `'${timeZone}' is not a time zone`,
    hint: ({ suggestion }) =>
      suggestion === undefined
        ? "write a name from the IANA database, such as 'Europe/Oslo'"
        : `did you mean '${suggestion}'?`,
  }),
  'resolve/timeout-zero': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `the timeout of '${name}' is 0`,
    hint: () => "write the longest time that a call may take, such as '15m'; there is no unlimited timeout",
  }),
  'resolve/too-many-functions': define<{ count: number; limit: number }>({
    severity: 'error',
    fact: ({ count, limit }) =>
      `there are ${count} functions, but with more than ${limit} the community edition refuses every call`,
    hint: ({ count, limit }) => `remove ${count - limit}, or split the functions over two platforms`,
  }),
  'resolve/too-many-replicas': define<{ name: string; replicas: number; limit: number }>({
    severity: 'error',
    fact: ({ name, replicas, limit }) =>
      `the community edition resets '${name}' to ${limit} copies when it has ${replicas}`,
    hint: ({ limit }) => `write at most ${limit}`,
  }),
};

import { define } from '../definition.ts';

export const functionsCodes = {
  'resolve/env-is-ours': define<{ variable: string }>({
    severity: 'error',
    fact: ({ variable }) => `${variable} follows from the function's timeout`,
    hint: () => 'remove it and set timeout instead',
  }),
  'resolve/image-latest': define<{ image: string }>({
    severity: 'warning',
    fact: ({ image }) => `'${image}' can be another image tomorrow`,
    hint: () => 'write the version, or the digest',
  }),
  'resolve/name-too-long': define<{ name: string; limit: number }>({
    severity: 'error',
    fact: ({ name, limit }) =>
      `the name of a function with secrets has at most ${limit} characters, and '${name}' has ${name.length}`,
    hint: () => 'shorten it: the runtime makes a volume name of it, which Kubernetes limits to 63',
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

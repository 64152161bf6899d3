import { define } from '../definition.ts';

const list = (words: readonly string[]): string => words.join(', ');

export const resolveCodes = {
  'resolve/address-outside-service-range': define<{ address: string; range: string; suggestion: string }>({
    severity: 'error',
    fact: ({ address, range }) => `${address} is not an address of the Service range ${range}`,
    hint: ({ suggestion }) => `write an address of the range, such as '${suggestion}', or leave it out`,
  }),
  'resolve/address-taken': define<{ address: string; range: string; owner: string }>({
    severity: 'error',
    fact: ({ address, range, owner }) => `${address} in the Service range ${range} belongs to ${owner}`,
    hint: () => 'choose another address of the range, or leave it out',
  }),
  'resolve/address-not-static': define<{ address: string; range: string; last: string }>({
    severity: 'error',
    fact: ({ address, range }) =>
      `${address} lies in the part of ${range} that Kubernetes hands out by itself, so another Service can have it first`,
    hint: ({ last }) => `choose an address up to ${last}, or leave it out`,
  }),
  'resolve/buffers-too-few': define<{ count: number; size: string; header: string; enough: number }>({
    severity: 'error',
    fact: ({ count, size, header }) =>
      `nginx refuses ${count} buffers of ${size} with a header buffer of ${header}: one buffer must stay free beside the largest`,
    hint: ({ enough }) => `set count to at least ${enough}, or make the header buffer smaller`,
  }),
  'resolve/community-licence': define({
    severity: 'warning',
    fact: () =>
      'the community edition of OpenFaaS is licensed for personal use, or for one commercial installation per company during at most 60 days',
    hint: () => "write licence: 'personal' or 'commercial-60-days' to say which one it is",
  }),
  'resolve/country-not-allowed': define<{ name: string; country: string; countries: readonly string[] }>({
    severity: 'error',
    fact: ({ name, country, countries }) =>
      `node '${name}' stands in ${country}, and sovereignty.countries allows ${list(countries)}`,
    hint: () => 'move the node, or add the country',
  }),
  'resolve/country-not-said': define<{ name: string; countries: readonly string[] }>({
    severity: 'error',
    fact: ({ name, countries }) =>
      `nothing says in which country node '${name}' stands, and sovereignty.countries allows ${list(countries)}`,
    hint: ({ countries }) => `add country: '${countries[0]}' (or where it really is)`,
  }),
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
  'resolve/k3s-behind': define<{ version: string; newest: string }>({
    severity: 'warning',
    fact: ({ version, newest }) => `${version} is older than ${newest}, which has its later security fixes`,
    hint: ({ newest }) => `write version: '${newest}'`,
  }),
  'resolve/k3s-minor-unknown': define<{ version: string; minors: readonly string[] }>({
    severity: 'error',
    fact: ({ version, minors }) =>
      `'${version}' is of no Kubernetes version that Fjord knows (${list(minors)})`,
    hint: () => 'choose one of those, or use a newer Fjord',
  }),
  'resolve/kubeconfig-readable': define({
    severity: 'warning',
    fact: () =>
      "with mode '0644' each user and each hacked service of the node can read the kubeconfig, and so become cluster-admin, which is root",
    hint: () => "leave it out ('0600') and read it with sudo",
  }),
  'resolve/name-too-long': define<{ name: string; limit: number }>({
    severity: 'error',
    fact: ({ name, limit }) =>
      `the name of a function with secrets has at most ${limit} characters, and '${name}' has ${name.length}`,
    hint: () => 'shorten it: the runtime makes a volume name of it, which Kubernetes limits to 63',
  }),
  'resolve/node-without-role': define<{ name: string; count: number }>({
    severity: 'error',
    fact: ({ name, count }) => `node '${name}' has no role, and there are ${count} nodes`,
    hint: () => "add role: 'server' or role: 'agent'",
  }),
  'resolve/owner-foreign': define<{ provider: string; owner: string }>({
    severity: 'error',
    fact: ({ provider, owner }) =>
      `'${provider}' belongs to a company in ${owner}, whose law can reach data that it holds in the EEA (Schrems II)`,
    hint: () =>
      "choose a provider owned in the EEA or Switzerland, or write sovereignty.foreignOwners: 'allow'",
  }),
  'resolve/owner-unknown': define<{ name: string; provider: string }>({
    severity: 'warning',
    fact: ({ name, provider }) => `with provider '${provider}' Fjord does not know who owns node '${name}'`,
    hint: () => 'name the provider, or check by hand that its owner is in the EEA or Switzerland',
  }),
  'resolve/port-taken': define<{ port: number }>({
    severity: 'error',
    fact: ({ port }) => `port ${port} belongs to nginx or Kubernetes on each node`,
    hint: () => 'let SSH listen on another port',
  }),
  'resolve/ranges-overlap': define<{ pods: string; services: string }>({
    severity: 'error',
    fact: ({ pods, services }) => `the ranges of pods (${pods}) and of Services (${services}) overlap`,
    hint: () => 'make them two separate ranges',
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
  'resolve/timeout-chain': define<{
    function: string;
    exec: string;
    upstream: string;
    gateway: string;
    nginx: string;
  }>({
    severity: 'error',
    fact: (p) =>
      `the gateway would give up before '${p.function}' may finish: function ${p.exec} > upstream ${p.upstream} < gateway ${p.gateway} < nginx ${p.nginx}`,
    hint: (p) => `remove upstreamTimeout (it is derived), or make it at least '${p.exec}'`,
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

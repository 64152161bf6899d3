import { define } from '../definition.ts';

export const openfaasCodes = {
  'resolve/address-not-static': define<{ address: string; range: string; last: string }>({
    severity: 'error',
    fact: ({ address, range }) =>
      `${address} is in the part of ${range} that Kubernetes assigns itself, so another Service may get it`,
    hint: ({ last }) => `choose an address up to ${last}, or remove it`,
  }),
  'resolve/address-outside-service-range': define<{ address: string; range: string; suggestion: string }>({
    severity: 'error',
    fact: ({ address, range }) => `${address} is not in the Service range ${range}`,
    hint: ({ suggestion }) => `choose an address of the range, such as '${suggestion}', or remove it`,
  }),
  'resolve/address-taken': define<{ address: string; range: string; owner: string }>({
    severity: 'error',
    fact: ({ address, range, owner }) => `${address} in the Service range ${range} is used by ${owner}`,
    hint: () => 'choose another address of the range, or remove it',
  }),
  'resolve/chart-below-minimum': define<{ name: string; min: number; max: number }>({
    severity: 'error',
    fact: ({ name, min }) =>
      `'${name}' would start with 1 copy, not ${min}, because OpenFaaS' chart does not scale up to a minimum`,
    hint: ({ min }) => `write max: ${min} or min: 1, or remove openfaas.install`,
  }),
  'resolve/chart-fixed-rate': define<{ rate: string }>({
    severity: 'error',
    fact: ({ rate }) =>
      `OpenFaaS' chart scales all functions of the community edition at 5 calls a second, not at ${rate}`,
    hint: () => 'remove rate, or remove openfaas.install',
  }),
  'resolve/community-egress': define({
    severity: 'info',
    fact: () => 'the community edition does not start without an answer from https://checkip.amazonaws.com',
    hint: () => "make sure that the nodes can reach it, then write startCheck: 'accepted' in openfaas",
  }),
  'resolve/community-tells-amazon': define({
    severity: 'warning',
    fact: () => "each start of the community edition tells Amazon, a company in the US, the node's address",
    hint: () => "write startCheck: 'accepted' in openfaas if you accept that, or edition: 'pro'",
  }),
  'resolve/community-licence': define({
    severity: 'warning',
    fact: () =>
      'the community edition is licensed only for personal use, or for one commercial installation per company for 60 days',
    hint: () => "write licence: 'personal' or 'commercial-60-days' to say which applies",
  }),
  'resolve/image-needs-login': define<{ image: string; registry: string }>({
    severity: 'warning',
    fact: ({ image, registry }) =>
      `'${image}' is in a registry that needs a login (${registry}), but the community edition runs only public images`,
    hint: () => "move the image to a public registry, or write edition: 'pro' in openfaas",
  }),
  'resolve/licence-of-other-edition': define({
    severity: 'error',
    fact: () => 'licence is for the community edition, but this is OpenFaaS Pro',
    hint: () => 'remove it; the licence of Pro is the Secret openfaas-license, which you create',
  }),
  'resolve/pro-image': define<{ part: string }>({
    severity: 'error',
    fact: ({ part }) => `'${part}' is an image of the community edition, but this is OpenFaaS Pro`,
    hint: () => 'remove it',
  }),
  'resolve/pro-needs-helm': define({
    severity: 'error',
    fact: () => 'OpenFaaS Pro can be installed only with its chart',
    hint: () => "remove install, or write install: 'helm'",
  }),
  'resolve/pro-too-many-functions': define<{ count: number; limit: number }>({
    severity: 'warning',
    fact: ({ count, limit }) =>
      `there are ${count} functions, but a licence of OpenFaaS Standard covers only ${limit}`,
    hint: () => 'check your licence',
  }),
  'resolve/pro-without': define<{ key: string }>({
    severity: 'error',
    fact: ({ key }) => `OpenFaaS Pro creates the function's Deployment itself and cannot set ${key}`,
    hint: () => 'remove it',
  }),
  'resolve/start-check-of-other-edition': define({
    severity: 'error',
    fact: () => 'startCheck is for the community edition, but this is OpenFaaS Pro',
    hint: () => 'remove it',
  }),
  'resolve/stop-too-soon': define<{ written: string; least: string }>({
    severity: 'error',
    fact: ({ written, least }) =>
      `stopWithin is '${written}', and callers need up to ${least} to leave what stops`,
    hint: ({ least }) => `write '${least}' or more, or remove it for '20m'`,
  }),
  'resolve/calls-cut-at-stop': define<{ call: string; stop: string; needed: string }>({
    severity: 'warning',
    fact: ({ call, stop }) => `a call may take ${call}, but what must stop waits at most ${stop} for it`,
    hint: ({ needed }) =>
      `make the timeout shorter, or write openfaas.stopWithin: '${needed}' if every restart, update and reboot may take that long`,
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
      `the gateway would give up before '${p.function}' reaches its timeout: function ${p.exec} > upstream ${p.upstream} < gateway ${p.gateway} < nginx ${p.nginx}`,
    hint: (p) => `remove upstreamTimeout (it is derived), or make it at least '${p.exec}'`,
  }),
};

import { define } from '../definition.ts';

export const openfaasCodes = {
  'resolve/address-not-static': define<{ address: string; range: string; last: string }>({
    severity: 'error',
    fact: ({ address, range }) =>
      `${address} lies in the part of ${range} that Kubernetes hands out by itself, so another Service can have it first`,
    hint: ({ last }) => `choose an address up to ${last}, or leave it out`,
  }),
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
  'resolve/chart-below-minimum': define<{ name: string; min: number; max: number }>({
    severity: 'error',
    fact: ({ name, min, max }) =>
      `'${name}' would start with 1 copy, not ${min}: OpenFaaS' chart has no alert that brings a function up to its minimum, and a stated number would undo each scaling up to ${max}`,
    hint: ({ min }) => `write max: ${min} or min: 1, or leave openfaas.install out`,
  }),
  'resolve/chart-fixed-rate': define<{ rate: string }>({
    severity: 'error',
    fact: ({ rate }) =>
      `OpenFaaS' chart scales all functions of the community edition at 5 calls a second, and not at ${rate}`,
    hint: () => 'remove rate, or leave openfaas.install out',
  }),
  'resolve/community-egress': define({
    severity: 'info',
    fact: () =>
      'each start of the community edition asks https://checkip.amazonaws.com for its own address, and ends without an answer',
    hint: () =>
      "let the nodes reach it, and write startCheck: 'accepted' in openfaas once you know that they do",
  }),
  'resolve/community-tells-amazon': define({
    severity: 'warning',
    fact: () =>
      "each start of the community edition tells Amazon, a company in US, the node's address, by asking https://checkip.amazonaws.com for it; it does not start without an answer",
    hint: () => "write startCheck: 'accepted' in openfaas if that may be, or edition: 'pro'",
  }),
  'resolve/community-licence': define({
    severity: 'warning',
    fact: () =>
      'the community edition of OpenFaaS is licensed for personal use, or for one commercial installation per company during at most 60 days',
    hint: () => "write licence: 'personal' or 'commercial-60-days' to say which one it is",
  }),
  'resolve/image-needs-login': define<{ image: string; registry: string }>({
    severity: 'warning',
    fact: ({ image, registry }) =>
      `'${image}' is in a registry that asks for a login (${registry}), and the community edition is for public images alone`,
    hint: () => "put the image where anybody can pull it, or write edition: 'pro' in openfaas",
  }),
  'resolve/licence-of-other-edition': define({
    severity: 'error',
    fact: () =>
      "licence says which part of the community edition's licence you use, and this is OpenFaaS Pro",
    hint: () => 'remove it; the licence of pro is the Secret openfaas-license, which you make',
  }),
  'resolve/pro-image': define<{ part: string }>({
    severity: 'error',
    fact: ({ part }) =>
      `${part} is an image of the community edition; in pro the chart's version pins its own`,
    hint: () => 'remove it',
  }),
  'resolve/pro-needs-helm': define({
    severity: 'error',
    fact: () => 'how to run OpenFaaS Pro is known to its chart alone: its images are closed',
    hint: () => "remove install, or write install: 'helm'",
  }),
  'resolve/pro-too-many-functions': define<{ count: number; limit: number }>({
    severity: 'warning',
    fact: ({ count, limit }) =>
      `there are ${count} functions, and a licence of OpenFaaS Standard is for ${limit}; one for Enterprises is for more`,
    hint: () => 'look into your licence',
  }),
  'resolve/pro-without': define<{ key: string }>({
    severity: 'error',
    fact: ({ key }) => `OpenFaaS Pro makes the function's Deployment itself, and takes no ${key} for it`,
    hint: () => 'remove it',
  }),
  'resolve/start-check-of-other-edition': define({
    severity: 'error',
    fact: () => 'startCheck is about what the community edition does at each start, and this is OpenFaaS Pro',
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
      `the gateway would give up before '${p.function}' may finish: function ${p.exec} > upstream ${p.upstream} < gateway ${p.gateway} < nginx ${p.nginx}`,
    hint: (p) => `remove upstreamTimeout (it is derived), or make it at least '${p.exec}'`,
  }),
};

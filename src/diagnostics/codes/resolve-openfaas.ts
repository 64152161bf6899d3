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
  'resolve/community-licence': define({
    severity: 'warning',
    fact: () =>
      'the community edition of OpenFaaS is licensed for personal use, or for one commercial installation per company during at most 60 days',
    hint: () => "write licence: 'personal' or 'commercial-60-days' to say which one it is",
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

import { define } from '../../diagnostics/definition.ts';

const pay = (settings: string, openfaas?: string) => ({
  config: {
    functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} } }`,
    ...(openfaas !== undefined && { openfaas }),
  },
});

/** What `resolve` reports about the addresses that results of queued calls are sent to. */
export const resolveCallbacksDiagnostics = {
  'resolve/callbacks-without-queue': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `nobody outside can queue calls of '${name}', so no caller can name a callback`,
    hint: () => 'add async: true, or remove callbacks',
    meaning:
      'The header X-Callback-Url is for queued calls, and nginx opens /async-function/ only for functions with async: true. The result of any other call is its answer.',
    example: pay("callbacks: ['https://shop.example.no/hook']"),
  }),
  'resolve/callback-unknown': define<{ name: string; callback: string; suggestion: string | undefined }>({
    severity: 'error',
    fact: ({ name, callback }) =>
      `results of '${name}' may go to '${callback}', but there is no such function`,
    hint: ({ suggestion }) =>
      suggestion === undefined
        ? 'name a function of this platform, or an address that begins with https://'
        : `write '${suggestion}'`,
    meaning: 'The queue worker would get 404, so every result would be lost.',
    example: pay("async: true, callbacks: ['stoer']"),
  }),
  'resolve/callback-twice': define<{ callback: string; first: string }>({
    severity: 'error',
    fact: ({ callback, first }) => `'${callback}' is the same for nginx as '${first}'`,
    hint: () => 'keep the one that the receiver expects',
    meaning:
      'nginx compares the header without regard to case, and refuses a list with the same entry twice.',
    example: pay("async: true, callbacks: ['https://shop.example.no/hook', 'https://shop.example.no/Hook']"),
  }),
  'resolve/callback-unreachable': define<{ callback: string }>({
    severity: 'error',
    fact: ({ callback }) => `the queue worker cannot reach '${callback}'`,
    hint: () =>
      'write a name of the public DNS or an address of the internet, or a function by its name; for hosts of your own with private addresses, add openfaas.callbackNetworks',
    meaning:
      "The worker's network policy opens the internet, or the networks of openfaas.callbackNetworks, but never the cluster and the cloud's metadata service. Every result would be lost.",
    example: pay("async: true, callbacks: ['https://10.0.0.7/hook']"),
  }),
  'resolve/callback-network-inside': define<{ network: string; range: string }>({
    severity: 'error',
    fact: ({ network, range }) =>
      `'${network}' contains addresses of the cluster or of cloud metadata (${range})`,
    hint: () => 'write only the networks of the hosts that receive results',
    meaning:
      'A redirect of one receiver would be enough to make the queue worker call parts of the cluster, or read the credentials of the machine.',
    example: pay(
      "async: true, callbacks: ['https://shop.example.no/hook']",
      "{ callbackNetworks: ['10.0.0.0/8'] }",
    ),
  }),
  'resolve/callback-networks-unused': define<{ why: string }>({
    severity: 'error',
    fact: ({ why }) => `callbackNetworks has no effect: ${why}`,
    hint: () => 'remove callbackNetworks',
    meaning: "They are for the queue worker's network policy, in the native installation.",
    example: pay('async: true', "{ callbackNetworks: ['203.0.113.0/24'] }"),
  }),
};

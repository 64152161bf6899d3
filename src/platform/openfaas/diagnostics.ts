import { define } from '../../diagnostics/definition.ts';

const chart = (settings: string) => ({
  config: {
    openfaas: "{ licence: 'personal', startCheck: 'accepted', install: 'helm' }",
    functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} } }`,
  },
});

/** What `resolve` reports about OpenFaaS. */
export const resolveOpenfaasDiagnostics = {
  'resolve/chart-below-minimum': define<{ name: string; min: number; max: number }>({
    severity: 'error',
    fact: ({ name, min }) =>
      `'${name}' would start with 1 copy, not ${min}, because OpenFaaS' chart does not scale up to a minimum`,
    hint: ({ min }) => `write max: ${min} or min: 1, or remove openfaas.install`,
    meaning:
      'The chart has no alert that scales a function up to its minimum, so copies would be added only under load. A fixed number in the Deployment would undo scaling.',
    example: chart('replicas: { min: 2, max: 4 }'),
  }),
  'resolve/chart-fixed-rate': define<{ rate: string }>({
    severity: 'error',
    fact: ({ rate }) =>
      `OpenFaaS' chart scales all functions of the community edition at 5 calls a second, not at ${rate}`,
    hint: () => 'remove rate, or remove openfaas.install',
    meaning: 'Copies would be added at a different load from the one in the config.',
    example: chart("replicas: { rate: '20r/s' }"),
  }),
  'resolve/community-egress': define({
    severity: 'info',
    fact: () => 'the community edition does not start without an answer from https://checkip.amazonaws.com',
    hint: () => "make sure that the nodes can reach it, then write startCheck: 'accepted' in openfaas",
    meaning:
      'At each start it asks there for its own address. If a firewall outside the node blocks that, it does not start, and its message does not say why.',
    example: { config: { openfaas: '{}' } },
  }),
  'resolve/community-tells-amazon': define({
    severity: 'warning',
    fact: () => "each start of the community edition tells Amazon, a company in the US, the node's address",
    hint: () => "write startCheck: 'accepted' in openfaas if you accept that, or edition: 'pro'",
    meaning:
      'It asks https://checkip.amazonaws.com for its own address, and does not start without an answer. If you restrict where data may be, you should know which company learns about each node.',
    example: { config: { openfaas: "{ licence: 'personal' }", sovereignty: "{ countries: ['NO'] }" } },
  }),
  'resolve/community-licence': define({
    severity: 'warning',
    fact: () =>
      'the community edition is licensed only for personal use, or for one commercial installation per company for 60 days',
    hint: () => "write licence: 'personal' or 'commercial-60-days' to say which applies",
    meaning:
      'Any other use breaks the licence of OpenFaaS. The config states the use, so that somebody has thought about it.',
    example: { config: { openfaas: "{ startCheck: 'accepted' }" } },
  }),
  'resolve/image-needs-login': define<{ image: string; registry: string }>({
    severity: 'warning',
    fact: ({ image, registry }) =>
      `'${image}' is in a registry that needs a login (${registry}), but the community edition runs only public images`,
    hint: () => "move the image to a public registry, or write edition: 'pro' in openfaas",
    meaning:
      'The licence of the community edition is for public images only, and its API refuses others. Without a login (k3s.registries.configs) no node could pull the image either.',
    example: {
      config: { functions: "{ pay: { image: '123456789012.dkr.ecr.eu-north-1.amazonaws.com/pay:1' } }" },
    },
  }),
  'resolve/licence-of-other-edition': define({
    severity: 'error',
    fact: () => 'licence is for the community edition, but this is OpenFaaS Pro',
    hint: () => 'remove it; the licence of Pro is the Secret openfaas-license, which you create',
    meaning: 'The key would have no effect, so either the key or the edition is a mistake.',
    example: { config: { openfaas: "{ edition: 'pro', licence: 'personal' }" } },
  }),
  'resolve/pro-image': define<{ part: string }>({
    severity: 'error',
    fact: ({ part }) => `'${part}' is an image of the community edition, but this is OpenFaaS Pro`,
    hint: () => 'remove it',
    meaning: "The images of OpenFaaS Pro belong together and are chosen by the chart's version.",
    example: {
      config: { openfaas: "{ edition: 'pro', images: { gateway: 'ghcr.io/openfaas/gateway:0.27.13' } }" },
    },
  }),
  'resolve/pro-needs-helm': define({
    severity: 'error',
    fact: () => 'OpenFaaS Pro can be installed only with its chart',
    hint: () => "remove install, or write install: 'helm'",
    meaning: 'Fjord can write manifests only for open programs, but the images of Pro are closed source.',
    example: { config: { openfaas: "{ edition: 'pro', install: 'native' }" } },
  }),
  'resolve/pro-too-many-functions': define<{ count: number; limit: number }>({
    severity: 'warning',
    fact: ({ count, limit }) =>
      `there are ${count} functions, but a licence of OpenFaaS Standard covers only ${limit}`,
    hint: () => 'check your licence',
    meaning:
      'What your licence allows is between you and OpenFaaS. The number comes from their own pages; a licence for Enterprises covers more.',
    example: {
      config: {
        openfaas: "{ edition: 'pro' }",
        functions:
          "Object.fromEntries(Array.from({ length: 600 }, (_, n) => ['fn-' + n, { image: 'ghcr.io/acme/pay:1' }]))",
      },
    },
  }),
  'resolve/pro-without': define<{ key: string }>({
    severity: 'error',
    fact: ({ key }) => `OpenFaaS Pro creates the function's Deployment itself and cannot set ${key}`,
    hint: () => 'remove it',
    meaning: 'No Deployment would contain the setting.',
    example: {
      config: {
        openfaas: "{ edition: 'pro' }",
        functions:
          "{ pay: { image: 'ghcr.io/acme/pay:1', concurrency: 10, gracePeriod: '1m', priority: 'high' } }",
      },
    },
  }),
  'resolve/start-check-of-other-edition': define({
    severity: 'error',
    fact: () => 'startCheck is for the community edition, but this is OpenFaaS Pro',
    hint: () => 'remove it',
    meaning: 'The key would have no effect, so either the key or the edition is a mistake.',
    example: { config: { openfaas: "{ edition: 'pro', startCheck: 'accepted' }" } },
  }),
  'resolve/stop-too-soon': define<{ written: string; least: string }>({
    severity: 'error',
    fact: ({ written, least }) =>
      `stopWithin is '${written}', but callers need up to ${least} to leave a pod that stops`,
    hint: ({ least }) => `write '${least}' or more, or remove it for '20m'`,
    meaning:
      'nginx keeps its connections to a stopping pod for up to 20 seconds, so a call that starts on one of them just before the pod ends is lost.',
    example: {
      config: { openfaas: "{ licence: 'personal', startCheck: 'accepted', stopWithin: '10s' }" },
    },
  }),
  'resolve/calls-cut-at-stop': define<{ call: string; stop: string; needed: string }>({
    severity: 'warning',
    fact: ({ call, stop }) =>
      `a call may take ${call}, but a program that stops waits at most ${stop} for it`,
    hint: ({ needed }) =>
      `make the timeout shorter, or write openfaas.stopWithin: '${needed}' if every restart, update and reboot may take that long`,
    meaning:
      'A new version, a restart or a reboot waits for running calls, so with a timeout of days a reboot would take days. The wait is therefore limited, and longer calls are cut off.',
    example: {
      config: { functions: "{ pay: { image: 'ghcr.io/acme/pay:1', timeout: '100h' } }" },
    },
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
    meaning:
      'Each hop waits a little longer than the hop behind it. If the gateway gives up first, the caller gets an error while the function is still working.',
    example: {
      config: {
        openfaas: "{ licence: 'personal', startCheck: 'accepted', upstreamTimeout: '10s' }",
        functions: "{ pay: { image: 'ghcr.io/acme/pay:1', timeout: '1m' } }",
      },
    },
  }),
};

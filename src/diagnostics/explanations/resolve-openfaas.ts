import type { openfaasCodes } from '../codes/resolve-openfaas.ts';
import type { Explanations } from './explanation.ts';

const openfaas = (settings: string) => ({
  config: { openfaas: `{ licence: 'personal', startCheck: 'accepted', ${settings} }` },
});

const chart = (settings: string) => ({
  config: {
    openfaas: "{ licence: 'personal', startCheck: 'accepted', install: 'helm' }",
    functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} } }`,
  },
});

export const openfaasExplanations: Explanations<keyof typeof openfaasCodes> = {
  'resolve/address-not-static': {
    meaning:
      'nginx reaches the gateway at a fixed address. Kubernetes reserves only the first part of the Service range for those; addresses from the rest go to whichever Service comes first.',
    example: openfaas("address: '10.43.1.1'"),
  },
  'resolve/address-outside-service-range': {
    meaning: 'A Service can have only an address of the Service range. Kubernetes refuses any other.',
    example: openfaas("address: '10.44.0.80'"),
  },
  'resolve/address-taken': {
    meaning: 'K3s itself uses this address.',
    example: openfaas("address: '10.43.0.10'"),
  },
  'resolve/chart-below-minimum': {
    meaning:
      'The chart has no alert that brings a function up to its minimum, so the copies would come only with load. A fixed number in the Deployment would undo each scaling up.',
    example: chart('replicas: { min: 2, max: 4 }'),
  },
  'resolve/chart-fixed-rate': {
    meaning: 'Copies would be added at a different load from the one in the config.',
    example: chart("replicas: { rate: '20r/s' }"),
  },
  'resolve/community-egress': {
    meaning:
      'At each start it asks there for its own address. A firewall outside the node that lets nothing out would keep it from starting, with a message that does not say why.',
    example: { config: { openfaas: '{}' } },
  },
  'resolve/community-tells-amazon': {
    meaning:
      'It asks https://checkip.amazonaws.com for its own address, and does not start without an answer. If you restrict where data may be, you want to know which company hears of each node.',
    example: { config: { openfaas: "{ licence: 'personal' }", sovereignty: "{ countries: ['NO'] }" } },
  },
  'resolve/community-licence': {
    meaning:
      'Any other use breaks the licence of OpenFaaS. The config states the use, so that somebody has thought about it.',
    example: { config: { openfaas: "{ startCheck: 'accepted' }" } },
  },
  'resolve/image-needs-login': {
    meaning:
      'The community edition refuses to deploy images that are not public, so the function would never start.',
    example: {
      config: { functions: "{ pay: { image: '123456789012.dkr.ecr.eu-north-1.amazonaws.com/pay:1' } }" },
    },
  },
  'resolve/licence-of-other-edition': {
    meaning: 'The key would have no effect, so either the key or the edition is a mistake.',
    example: { config: { openfaas: "{ edition: 'pro', licence: 'personal' }" } },
  },
  'resolve/pro-image': {
    meaning: "The images of OpenFaaS Pro belong together and are chosen by the chart's version.",
    example: {
      config: { openfaas: "{ edition: 'pro', images: { gateway: 'ghcr.io/openfaas/gateway:0.27.13' } }" },
    },
  },
  'resolve/pro-needs-helm': {
    meaning:
      'Fjord can write manifests only for programs whose workings are public, but the images of Pro are closed.',
    example: { config: { openfaas: "{ edition: 'pro', install: 'native' }" } },
  },
  'resolve/pro-too-many-functions': {
    meaning:
      'What your licence allows is between you and OpenFaaS. The number comes from their own pages; a licence for Enterprises covers more.',
    example: {
      config: {
        openfaas: "{ edition: 'pro' }",
        functions:
          "Object.fromEntries(Array.from({ length: 600 }, (_, n) => ['fn-' + n, { image: 'ghcr.io/acme/pay:1' }]))",
      },
    },
  },
  'resolve/pro-without': {
    meaning: 'No Deployment would contain the setting.',
    example: {
      config: {
        openfaas: "{ edition: 'pro' }",
        functions:
          "{ pay: { image: 'ghcr.io/acme/pay:1', concurrency: 10, gracePeriod: '1m', priority: 'high' } }",
      },
    },
  },
  'resolve/start-check-of-other-edition': {
    meaning: 'The key would have no effect, so either the key or the edition is a mistake.',
    example: { config: { openfaas: "{ edition: 'pro', startCheck: 'accepted' }" } },
  },
  'resolve/stop-too-soon': {
    meaning:
      "nginx keeps its connections to a pod that leaves for up to 20 seconds, and a call that begins on one in the pod's last moment is lost.",
    example: {
      config: { openfaas: "{ licence: 'personal', startCheck: 'accepted', stopWithin: '10s' }" },
    },
  },
  'resolve/calls-cut-at-stop': {
    meaning:
      'A new version, a restart or a reboot waits for calls under way, so a timeout of days would have a reboot wait for days. The wait has a bound of its own; a call that is longer is cut when something stops.',
    example: {
      config: { functions: "{ pay: { image: 'ghcr.io/acme/pay:1', timeout: '100h' } }" },
    },
  },
  'resolve/timeout-chain': {
    meaning:
      'Each hop waits a little longer than the hop behind it. If the gateway gives up first, the caller gets an error while the function is still working.',
    example: {
      config: {
        openfaas: "{ licence: 'personal', startCheck: 'accepted', upstreamTimeout: '10s' }",
        functions: "{ pay: { image: 'ghcr.io/acme/pay:1', timeout: '1m' } }",
      },
    },
  },
};

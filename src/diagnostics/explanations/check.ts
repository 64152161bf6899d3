import type { checkCodes } from '../codes/check.ts';
import type { Explanations } from './explanation.ts';

/** A config whose one function has these settings too. */
const pay = (settings: string) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} } }` },
});

export const checkExplanations: Explanations<keyof typeof checkCodes> = {
  'check/names-collide': {
    meaning: 'Kubernetes and DNS know small letters only, so two names that differ in nothing else are one.',
    example: {
      config: { functions: "{ pay: { image: 'ghcr.io/acme/pay:1' }, Pay: { image: 'ghcr.io/acme/pay:2' } }" },
    },
  },
  'check/unknown-key': {
    meaning: 'A key that nothing reads would be a setting that is silently not there.',
    example: pay("timeuot: '30s'"),
  },
  'check/foreign-key': {
    meaning: 'The key is one of another tool, such as faas-cli; here it has another name.',
    example: pay("environment: { MODE: 'test' }"),
  },
  'check/missing-key': {
    meaning: 'What has no sensible default must be said.',
    example: { config: { domain: '' } },
  },
  'check/wrong-type': {
    meaning: 'The key is right, and what it holds is of another kind. Nothing is converted by guessing.',
    example: { config: { gateway: "{ connectionLimit: '100' }" } },
  },
  'check/not-one-of': {
    meaning: 'The key takes one of a few words.',
    example: { config: { nodes: "{ 'oslo-1': { provider: 'coolvd' } }" } },
  },
  'check/wrong-unit': {
    meaning:
      'A number alone does not say of what. The unit stands in the value, so that nobody has to remember it.',
    example: pay("timeout: '30'"),
  },
  'check/wrong-form': {
    meaning: 'The text is not of the form that its reader, such as Kubernetes or nginx, understands.',
    example: { config: { domain: "'https://functions.example.no/'" } },
  },
  'check/wrong-name': {
    meaning:
      'The key becomes a name elsewhere (a host name, a Deployment, a variable), and those have rules.',
    example: { config: { functions: "{ pay_invoice: { image: 'ghcr.io/acme/pay:1' } }" } },
  },
  'check/out-of-range': {
    meaning: 'Outside of this range the setting does not exist, or does harm.',
    example: { config: { nodes: "{ 'oslo-1': { provider: 'coolvds', country: 'NO', sshPort: 70000 } }" } },
  },
  'check/not-a-multiple': {
    meaning: 'The reader of this number takes whole steps only.',
    example: {
      situation: 'a key whose numbers go in steps; none of the keys of this version does',
      says: { value: 13, of: 8 },
    },
  },
  'check/too-long': {
    meaning: 'Kubernetes, DNS or nginx cut off or refuse a longer text.',
    example: { config: { functions: "{ pay: { image: 'ghcr.io/acme/' + 'pay'.repeat(200) } }" } },
  },
  'check/too-short': {
    meaning: 'A shorter text means nothing to its reader.',
    example: {
      config: { diagnostics: "{ 'resolve/image-latest': { severity: 'off', reason: '' } }" },
    },
  },
  'check/too-many-names': {
    meaning:
      'Each domain is a server of nginx with a certificate, each path two locations. That many fit into the user-data of no provider.',
    example: {
      config: {
        functions:
          "{ pay: { image: 'ghcr.io/acme/pay:1', http: { domains: Array.from({ length: 301 }, (_, n) => 'd' + n + '.example.no') } } }",
      },
    },
  },
  'check/too-many': {
    meaning: 'More than this were never tried together, or are refused by what reads them.',
    example: {
      config: {
        nodes:
          "Object.fromEntries(Array.from({ length: 13 }, (_, n) => ['oslo-' + n, { provider: 'coolvds', country: 'NO' }]))",
      },
    },
  },
  'check/too-few': {
    meaning: 'With fewer there would be nothing to run, or nothing to choose from.',
    example: { config: { nodes: '{}' } },
  },
  'check/duplicate-item': {
    meaning: 'The second says nothing that the first did not; often one of them should have been another.',
    example: pay("secrets: ['api-key', 'db-password', 'api-key']"),
  },
};

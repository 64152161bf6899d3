import type { checkCodes } from '../codes/check.ts';
import type { Explanations } from './explanation.ts';

/** A config whose one function has these settings too. */
const pay = (settings: string) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} } }` },
});

export const checkExplanations: Explanations<keyof typeof checkCodes> = {
  'check/names-collide': {
    meaning:
      'Kubernetes and DNS use only lower-case letters, so two names that differ in nothing else are the same.',
    example: {
      config: { functions: "{ pay: { image: 'ghcr.io/acme/pay:1' }, Pay: { image: 'ghcr.io/acme/pay:2' } }" },
    },
  },
  'check/unknown-key': {
    meaning: 'Nothing reads this key, so the setting would silently have no effect.',
    example: pay("timeuot: '30s'"),
  },
  'check/foreign-key': {
    meaning:
      'The key comes from another tool, such as faas-cli. Here the setting has another name, or is not needed.',
    example: pay("environment: { MODE: 'test' }"),
  },
  'check/missing-key': {
    meaning: 'There is no sensible default for this key, so the config must set it.',
    example: { config: { domain: '' } },
  },
  'check/wrong-type': {
    meaning: 'The key is right, but its value has the wrong type. Fjord does not guess a conversion.',
    example: { config: { gateway: "{ connectionLimit: '100' }" } },
  },
  'check/not-one-of': {
    meaning: 'The key accepts only a fixed set of values.',
    example: { config: { nodes: "{ 'oslo-1': { provider: 'coolvd' } }" } },
  },
  'check/wrong-unit': {
    meaning:
      'A number alone does not say what it counts. The unit is part of the value, so nobody has to remember it.',
    example: pay("timeout: '30'"),
  },
  'check/wrong-form': {
    meaning:
      'The program that reads this text, such as Kubernetes or nginx, would not understand it in this form.',
    example: { config: { domain: "'https://functions.example.no/'" } },
  },
  'check/wrong-name': {
    meaning:
      'The key is used as a name elsewhere (a host name, a Deployment, a variable), where such names have rules.',
    example: { config: { functions: "{ pay_invoice: { image: 'ghcr.io/acme/pay:1' } }" } },
  },
  'check/out-of-range': {
    meaning: 'Outside this range the value is impossible or does harm.',
    example: { config: { nodes: "{ 'oslo-1': { provider: 'coolvds', country: 'NO', sshPort: 70000 } }" } },
  },
  'check/not-a-multiple': {
    meaning: 'The program that reads this number accepts only whole steps.',
    example: {
      situation: 'a key whose numbers go in steps; none of the keys of this version does',
      says: { value: 13, of: 8 },
    },
  },
  'check/too-long': {
    meaning: 'Kubernetes, DNS or nginx would cut off or refuse a longer text.',
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
    meaning: 'More were never tested together, or are refused by the program that reads them.',
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
    meaning: 'The second entry adds nothing. Often one of the two was meant to be a different value.',
    example: pay("secrets: ['api-key', 'db-password', 'api-key']"),
  },
};

import type { sovereigntyCodes } from '../codes/resolve-sovereignty.ts';
import type { Explanations } from './explanation.ts';

export const sovereigntyExplanations: Explanations<keyof typeof sovereigntyCodes> = {
  'resolve/cdn-foreign': {
    meaning:
      'Machines at home are of little use when a company abroad holds the key and reads each call before they do.',
    example: {
      config: {
        nodes: "{ 'oslo-1': { provider: 'coolvds', country: 'NO' } }",
        gateway: "{ trustedProxies: 'cloudflare' }",
        sovereignty: "{ countries: ['NO'] }",
      },
    },
  },
  'resolve/country-not-allowed': {
    meaning: 'The config says itself where data may be, and this machine is elsewhere.',
    example: {
      config: {
        nodes: "{ 'malmo-1': { provider: 'coolvds', country: 'SE' } }",
        sovereignty: "{ countries: ['NO'] }",
      },
    },
  },
  'resolve/country-not-said': {
    meaning: 'A promise about countries can only be kept for machines whose country is known.',
    example: {
      config: { nodes: "{ 'oslo-1': { provider: 'coolvds' } }", sovereignty: "{ countries: ['NO'] }" },
    },
  },
  'resolve/owner-foreign': {
    meaning:
      "A company answers to the law of its own country, wherever its machines stand. The court's judgment C-311/18 (Schrems II) says why that matters for personal data.",
    example: {
      config: {
        nodes: "{ 'stockholm-1': { provider: 'aws', country: 'SE' } }",
        sovereignty: "{ countries: ['SE'] }",
      },
    },
  },
  'resolve/owner-unknown': {
    meaning: 'Fjord knows who owns the providers that it names, and nothing of any other.',
    example: { config: { nodes: "{ 'oslo-1': { country: 'NO' } }", sovereignty: "{ countries: ['NO'] }" } },
  },
};

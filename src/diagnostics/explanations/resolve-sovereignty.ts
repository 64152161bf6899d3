import type { sovereigntyCodes } from '../codes/resolve-sovereignty.ts';
import type { Explanations } from './explanation.ts';

/** A platform whose images may come from one registry alone. */
const allowed = (k3s: string) => `{ allowedRegistries: ['registry.example.no'], ${k3s} }`;

export const sovereigntyExplanations: Explanations<keyof typeof sovereigntyCodes> = {
  'resolve/chart-images-unchecked': {
    meaning:
      'A chart names its images itself, and can name others in each version. Only mirrors decide where they come from.',
    example: {
      config: {
        openfaas: "{ edition: 'pro' }",
        k3s: allowed("systemDefaultRegistry: 'registry.example.no'"),
        functions: "{ pay: { image: 'registry.example.no/pay:1' } }",
      },
    },
  },
  'resolve/mirror-not-allowed': {
    meaning:
      'With a mirror, the bytes of an image are those that the mirror sends, whatever registry the name says.',
    example: {
      config: {
        k3s: allowed(
          "registries: { mirrors: { '*': { endpoints: ['https://mirror.example.se'] } }, mirrorsOnly: true }",
        ),
      },
    },
  },
  'resolve/registry-not-allowed': {
    meaning:
      'Whoever runs a registry decides which bytes a tag means, and sees which images a platform pulls and when.',
    example: {
      config: {
        k3s: allowed(
          "registries: { mirrors: { 'docker.io': { endpoints: ['https://registry.example.no'] } }, mirrorsOnly: true }",
        ),
        functions: "{ pay: { image: 'ghcr.io/acme/pay:1' } }",
      },
    },
  },
  'resolve/registry-unused': {
    meaning: 'A typo in the list refuses everything that comes from the registry that was meant.',
    example: { config: { k3s: "{ allowedRegistries: ['gcr.io', 'docker.io'] }" } },
  },
  'resolve/system-images-not-allowed': {
    meaning: 'K3s has parts of its own that are pulled at the first start like any other image.',
    example: { config: { k3s: "{ allowedRegistries: ['ghcr.io'] }" } },
  },
  'resolve/cdn-foreign': {
    meaning:
      'The law of that country can reach what the company reads (Schrems II). Machines at home are of little use when a company abroad holds the key and reads each call before they do.',
    example: {
      config: {
        nodes: "{ 'oslo-1': { provider: 'coolvds', country: 'NO' } }",
        gateway: "{ trustedProxies: 'cloudflare' }",
        sovereignty: "{ countries: ['NO'] }",
      },
    },
  },
  'resolve/country-not-allowed': {
    meaning: 'sovereignty.countries says where data may be, but this machine is elsewhere.',
    example: {
      config: {
        nodes: "{ 'malmo-1': { provider: 'coolvds', country: 'SE' } }",
        sovereignty: "{ countries: ['NO'] }",
      },
    },
  },
  'resolve/country-not-said': {
    meaning: 'A promise about countries can be kept only for machines whose country is known.',
    example: {
      config: { nodes: "{ 'oslo-1': { provider: 'coolvds' } }", sovereignty: "{ countries: ['NO'] }" },
    },
  },
  'resolve/owner-foreign': {
    meaning:
      'A company answers to the law of its own country, wherever its machines are, so that law can reach data in the EEA. The judgment C-311/18 (Schrems II) says why that matters for personal data.',
    example: {
      config: {
        nodes: "{ 'stockholm-1': { provider: 'aws', country: 'SE' } }",
        sovereignty: "{ countries: ['SE'] }",
      },
    },
  },
  'resolve/owner-unknown': {
    meaning: 'Fjord knows only who owns the providers that it names.',
    example: { config: { nodes: "{ 'oslo-1': { country: 'NO' } }", sovereignty: "{ countries: ['NO'] }" } },
  },
};

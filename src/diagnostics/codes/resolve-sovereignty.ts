import { define } from '../definition.ts';
import { nearest } from '../suggest.ts';

const list = (words: readonly string[]): string => words.join(', ');

/** Codes of countries that take an article: `a company in the US`. */
const countryName = (code: string): string => (['US', 'UK'].includes(code) ? `the ${code}` : code);

export const sovereigntyCodes = {
  'resolve/chart-images-unchecked': define<{ chart: string; allowed: readonly string[] }>({
    severity: 'warning',
    fact: ({ chart, allowed }) =>
      `k3s.allowedRegistries allows only ${list(allowed)}, but Fjord cannot see the images that ${chart} installs`,
    hint: () => 'check which registries they come from, and give those registries mirrors in k3s.registries',
  }),
  'resolve/cdn-foreign': define<{ title: string; owner: string }>({
    severity: 'error',
    fact: ({ title, owner }) =>
      `${title} decrypts every call and belongs to a company in ${countryName(owner)}`,
    hint: () =>
      "point the DNS at your nodes and remove trustedProxies, or write sovereignty.foreignOwners: 'allow'",
  }),
  'resolve/country-not-allowed': define<{ name: string; country: string; countries: readonly string[] }>({
    severity: 'error',
    fact: ({ name, country, countries }) =>
      `node '${name}' is in ${country}, but sovereignty.countries allows only ${list(countries)}`,
    hint: () => 'move the node, or add the country',
  }),
  'resolve/country-not-said': define<{ name: string; countries: readonly string[] }>({
    severity: 'error',
    fact: ({ name, countries }) =>
      `the country of node '${name}' is not set, but sovereignty.countries allows only ${list(countries)}`,
    hint: ({ countries }) => `add country: '${countries[0]}', or the country that it really is in`,
  }),
  'resolve/mirror-not-allowed': define<{ registry: string; mirror: string; allowed: readonly string[] }>({
    severity: 'error',
    fact: ({ registry, mirror, allowed }) =>
      `images of ${registry === '*' ? 'all registries' : registry} come from the mirror '${mirror}', but k3s.allowedRegistries allows only ${list(allowed)}`,
    hint: ({ mirror }) => `use a mirror from the list, or add '${mirror}' to it`,
  }),
  'resolve/owner-foreign': define<{ provider: string; owner: string }>({
    severity: 'error',
    fact: ({ provider, owner }) =>
      `'${provider}' belongs to a company in ${countryName(owner)}, outside the EEA and Switzerland`,
    hint: () =>
      "choose a provider owned in the EEA or Switzerland, or write sovereignty.foreignOwners: 'allow'",
  }),
  'resolve/owner-unknown': define<{ name: string; provider: string }>({
    severity: 'warning',
    fact: ({ name, provider }) => `Fjord does not know who owns node '${name}' with provider '${provider}'`,
    hint: () => 'name the provider, or check yourself that its owner is in the EEA or Switzerland',
  }),
  'resolve/registry-not-allowed': define<{ image: string; registry: string; allowed: readonly string[] }>({
    severity: 'error',
    fact: ({ image, registry, allowed }) =>
      `'${image}' comes from ${registry}, but k3s.allowedRegistries allows only ${list(allowed)}`,
    hint: ({ allowed, registry }) =>
      `push the image to ${allowed[0]} and name it there, or give ${registry} a mirror in k3s.registries with mirrorsOnly: true`,
  }),
  'resolve/registry-unused': define<{ registry: string; others: readonly string[] }>({
    severity: 'error',
    fact: ({ registry, others }) => `no image comes from '${registry}', only from ${list(others)}`,
    hint: ({ registry, others }) => {
      const meant = nearest(registry, others);
      return meant === undefined ? 'remove it, or use images from there' : `did you mean '${meant}'?`;
    },
  }),
  'resolve/system-images-not-allowed': define<{ own: string; allowed: readonly string[] }>({
    severity: 'error',
    fact: ({ own, allowed }) =>
      `K3s' own images (CoreDNS, metrics-server and others) come from ${own}, but k3s.allowedRegistries allows only ${list(allowed)}`,
    hint: ({ allowed }) => `write systemDefaultRegistry: '${allowed[0]}' in k3s, and copy the images there`,
  }),
};

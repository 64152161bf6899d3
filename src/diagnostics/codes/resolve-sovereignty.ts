import { nearest } from '../../config/suggest.ts';
import { define } from '../definition.ts';

const list = (words: readonly string[]): string => words.join(', ');

export const sovereigntyCodes = {
  'resolve/chart-images-unchecked': define<{ chart: string; allowed: readonly string[] }>({
    severity: 'warning',
    fact: ({ chart, allowed }) =>
      `k3s.allowedRegistries has only ${list(allowed)}, and the images of ${chart} are those of its chart, which are not seen here`,
    hint: () => 'look at where they come from, and give their registries mirrors in k3s.registries',
  }),
  'resolve/cdn-foreign': define<{ title: string; owner: string }>({
    severity: 'error',
    fact: ({ title, owner }) =>
      `every call goes through ${title}, which ends its TLS and belongs to a company in ${owner}, whose law can reach what it reads (Schrems II)`,
    hint: () =>
      "let the DNS lead to your nodes and remove trustedProxies, or write sovereignty.foreignOwners: 'allow'",
  }),
  'resolve/country-not-allowed': define<{ name: string; country: string; countries: readonly string[] }>({
    severity: 'error',
    fact: ({ name, country, countries }) =>
      `node '${name}' stands in ${country}, and sovereignty.countries allows ${list(countries)}`,
    hint: () => 'move the node, or add the country',
  }),
  'resolve/country-not-said': define<{ name: string; countries: readonly string[] }>({
    severity: 'error',
    fact: ({ name, countries }) =>
      `nothing says in which country node '${name}' stands, and sovereignty.countries allows ${list(countries)}`,
    hint: ({ countries }) => `add country: '${countries[0]}' (or where it really is)`,
  }),
  'resolve/mirror-not-allowed': define<{ registry: string; mirror: string; allowed: readonly string[] }>({
    severity: 'error',
    fact: ({ registry, mirror, allowed }) =>
      `images of ${registry === '*' ? 'all registries' : registry} come from the mirror '${mirror}', and k3s.allowedRegistries has only ${list(allowed)}`,
    hint: ({ mirror }) => `use a mirror that is in the list, or add '${mirror}' to it`,
  }),
  'resolve/owner-foreign': define<{ provider: string; owner: string }>({
    severity: 'error',
    fact: ({ provider, owner }) =>
      `'${provider}' belongs to a company in ${owner}, whose law can reach data that it holds in the EEA (Schrems II)`,
    hint: () =>
      "choose a provider owned in the EEA or Switzerland, or write sovereignty.foreignOwners: 'allow'",
  }),
  'resolve/owner-unknown': define<{ name: string; provider: string }>({
    severity: 'warning',
    fact: ({ name, provider }) => `with provider '${provider}' Fjord does not know who owns node '${name}'`,
    hint: () => 'name the provider, or check by hand that its owner is in the EEA or Switzerland',
  }),
  'resolve/registry-not-allowed': define<{ image: string; registry: string; allowed: readonly string[] }>({
    severity: 'error',
    fact: ({ image, registry, allowed }) =>
      `'${image}' comes from ${registry}, and k3s.allowedRegistries has only ${list(allowed)}`,
    hint: ({ allowed, registry }) =>
      `put the image into ${allowed[0]} and name it there, or give ${registry} a mirror in k3s.registries with mirrorsOnly: true`,
  }),
  'resolve/registry-unused': define<{ registry: string; others: readonly string[] }>({
    severity: 'error',
    fact: ({ registry, others }) => `no image comes from '${registry}'; they come from ${list(others)}`,
    hint: ({ registry, others }) => {
      const meant = nearest(registry, others);
      return meant === undefined ? 'remove it, or have images come from there' : `did you mean '${meant}'?`;
    },
  }),
  'resolve/system-images-not-allowed': define<{ own: string; allowed: readonly string[] }>({
    severity: 'error',
    fact: ({ own, allowed }) =>
      `K3s' own images (CoreDNS, metrics-server and others) come from ${own}, and k3s.allowedRegistries has only ${list(allowed)}`,
    hint: ({ allowed }) =>
      `write systemDefaultRegistry: '${allowed[0]}' in k3s, and have copies of them there`,
  }),
};

import { define } from '../definition.ts';

const list = (words: readonly string[]): string => words.join(', ');

export const sovereigntyCodes = {
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
};

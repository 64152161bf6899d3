import { define } from '../../diagnostics/definition.ts';
import { nearest } from '../../diagnostics/suggest.ts';

const list = (words: readonly string[]): string => words.join(', ');

/** A platform whose images may come only from one registry. */
const allowed = (k3s: string) => `{ allowedRegistries: ['registry.example.no'], ${k3s} }`;

/** A platform in Norway whose copies go to such a bucket. */
const backups = (target: string) => ({
  config: {
    nodes: "{ 'oslo-1': { provider: 'coolvds', country: 'NO' } }",
    backups: `{ recipients: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'], to: { s3: { endpoint: 'https://s3.example.no', region: 'oslo-1', bucket: 'backups', ${target} } } }`,
    sovereignty: "{ countries: ['NO'] }",
  },
});

/** A platform in Norway that tells such a target. */
const alerts = (target: string) => ({
  config: {
    nodes: "{ 'oslo-1': { provider: 'coolvds', country: 'NO' } }",
    alerts: `{ to: { ops: { ${target} } }, deadMansSwitch: { host: 'hc-ping.com' } }`,
    sovereignty: "{ countries: ['NO'] }",
  },
});

/** Codes of countries that take an article: `a company in the US`. */
const countryName = (code: string): string => (['US', 'UK'].includes(code) ? `the ${code}` : code);

/** What `resolve` reports about sovereignty. */
export const resolveSovereigntyDiagnostics = {
  'resolve/chart-images-unchecked': define<{ chart: string; allowed: readonly string[] }>({
    severity: 'warning',
    fact: ({ chart, allowed }) =>
      `k3s.allowedRegistries allows only ${list(allowed)}, but Fjord cannot see the images that ${chart} installs`,
    hint: () => 'check which registries they come from, and give those registries mirrors in k3s.registries',
    meaning:
      'A chart names its images itself, and can name others in each version. Only mirrors decide where they come from.',
    example: {
      config: {
        openfaas: "{ edition: 'pro' }",
        k3s: allowed("systemDefaultRegistry: 'registry.example.no'"),
        functions: "{ pay: { image: 'registry.example.no/pay:1' } }",
      },
    },
  }),
  'resolve/cdn-foreign': define<{ title: string; owner: string }>({
    severity: 'error',
    fact: ({ title, owner }) =>
      `${title} decrypts every call and belongs to a company in ${countryName(owner)}`,
    hint: () =>
      "point the DNS at your nodes and remove trustedProxies, or write sovereignty.foreignOwners: 'allow'",
    meaning:
      'The law of that country applies to everything that the company reads (Schrems II). Your own machines help little if a foreign company has the key and reads each call before they do.',
    example: {
      config: {
        nodes: "{ 'oslo-1': { provider: 'coolvds', country: 'NO' } }",
        gateway: "{ trustedProxies: 'cloudflare' }",
        sovereignty: "{ countries: ['NO'] }",
      },
    },
  }),
  'resolve/alert-country-not-allowed': define<{
    host: string;
    country: string;
    countries: readonly string[];
  }>({
    severity: 'error',
    fact: ({ host, country, countries }) =>
      `'${host}' is in ${country}, but sovereignty.countries allows only ${list(countries)}`,
    hint: () => 'choose a host in one of those countries, or add the country',
    meaning:
      'Alerts name your nodes and functions and say what is wrong with them. sovereignty.countries says where that may go.',
    example: alerts("kind: 'ntfy', host: 'ntfy.example.se', country: 'SE'"),
  }),
  'resolve/alert-country-not-said': define<{ host: string; countries: readonly string[] }>({
    severity: 'error',
    fact: ({ host, countries }) =>
      `the country of '${host}' is not set, but sovereignty.countries allows only ${list(countries)}`,
    hint: ({ countries }) =>
      `add country: '${countries.find((one) => one !== 'EEA') ?? 'NO'}', or the country that it really is in`,
    meaning: 'A promise about countries can be kept only for places whose country is known.',
    example: alerts("kind: 'ntfy', host: 'ntfy.example.no'"),
  }),
  'resolve/alert-host-foreign': define<{ host: string; title: string; owner: string }>({
    severity: 'error',
    fact: ({ host, title, owner }) =>
      `'${host}' is ${title}, which belongs to a company in ${countryName(owner)}`,
    hint: () =>
      "use ntfy or mail on a host in the EEA or Switzerland, or write sovereignty.foreignOwners: 'allow'",
    meaning:
      'Alerts name your nodes and functions and say what is wrong with them, which helps an attacker too. The law of that country applies to everything that the company reads.',
    example: alerts("kind: 'slack', host: 'hooks.slack.com', country: 'NO'"),
  }),
  'resolve/backup-country-not-allowed': define<{
    name: string;
    country: string;
    countries: readonly string[];
  }>({
    severity: 'error',
    fact: ({ name, country, countries }) =>
      `${name} is in ${country}, but sovereignty.countries allows only ${list(countries)}`,
    hint: () => 'send the copies to a place in one of those countries, or add the country',
    meaning:
      'A copy is everything that the platform knows, encrypted. sovereignty.countries says where data may be, and a copy of it is data too.',
    example: backups("country: 'SE', provider: 'upcloud'"),
  }),
  'resolve/backup-country-not-said': define<{ name: string; countries: readonly string[] }>({
    severity: 'error',
    fact: ({ name, countries }) =>
      `the country of ${name} is not set, but sovereignty.countries allows only ${list(countries)}`,
    hint: ({ countries }) =>
      `add country: '${countries.find((one) => one !== 'EEA') ?? 'NO'}', or the country that it really is in`,
    meaning: 'A promise about countries can be kept only for places whose country is known.',
    example: backups("provider: 'upcloud'"),
  }),
  'resolve/backup-owner-unknown': define<{ name: string; provider: string }>({
    severity: 'warning',
    fact: ({ name, provider }) => `Fjord does not know who owns ${name} with provider '${provider}'`,
    hint: () => 'name the provider, or check yourself that its owner is in the EEA or Switzerland',
    meaning: 'Fjord knows only who owns the providers that it names.',
    example: backups("country: 'NO'"),
  }),
  'resolve/country-not-allowed': define<{ name: string; country: string; countries: readonly string[] }>({
    severity: 'error',
    fact: ({ name, country, countries }) =>
      `node '${name}' is in ${country}, but sovereignty.countries allows only ${list(countries)}`,
    hint: () => 'move the node, or add the country',
    meaning: 'sovereignty.countries says where data may be, but this machine is elsewhere.',
    example: {
      config: {
        nodes: "{ 'malmo-1': { provider: 'coolvds', country: 'SE' } }",
        sovereignty: "{ countries: ['NO'] }",
      },
    },
  }),
  'resolve/country-not-said': define<{ name: string; countries: readonly string[] }>({
    severity: 'error',
    fact: ({ name, countries }) =>
      `the country of node '${name}' is not set, but sovereignty.countries allows only ${list(countries)}`,
    hint: ({ countries }) =>
      `add country: '${countries.find((one) => one !== 'EEA') ?? 'NO'}', or the country that it really is in`,
    meaning: 'A promise about countries can be kept only for machines whose country is known.',
    example: {
      config: { nodes: "{ 'oslo-1': { provider: 'coolvds' } }", sovereignty: "{ countries: ['NO'] }" },
    },
  }),
  'resolve/mirror-not-allowed': define<{ registry: string; mirror: string; allowed: readonly string[] }>({
    severity: 'error',
    fact: ({ registry, mirror, allowed }) =>
      `images of ${registry === '*' ? 'all registries' : registry} come from the mirror '${mirror}', but k3s.allowedRegistries allows only ${list(allowed)}`,
    hint: ({ mirror }) => `use a mirror from the list, or add '${mirror}' to it`,
    meaning:
      'With a mirror, the bytes of an image are those that the mirror sends, whatever registry the name says.',
    example: {
      config: {
        k3s: allowed(
          "registries: { mirrors: { '*': { endpoints: ['https://mirror.example.se'] } }, mirrorsOnly: true }",
        ),
      },
    },
  }),
  'resolve/owner-foreign': define<{ provider: string; owner: string }>({
    severity: 'error',
    fact: ({ provider, owner }) =>
      `'${provider}' belongs to a company in ${countryName(owner)}, outside the EEA and Switzerland`,
    hint: () =>
      "choose a provider owned in the EEA or Switzerland, or write sovereignty.foreignOwners: 'allow'",
    meaning:
      'A company is subject to the law of its own country wherever its machines are, so that law can reach data in the EEA. The judgment C-311/18 (Schrems II) explains why that matters for personal data.',
    example: {
      config: {
        nodes: "{ 'stockholm-1': { provider: 'aws', country: 'SE' } }",
        sovereignty: "{ countries: ['SE'] }",
      },
    },
  }),
  'resolve/owner-unknown': define<{ name: string; provider: string }>({
    severity: 'warning',
    fact: ({ name, provider }) => `Fjord does not know who owns node '${name}' with provider '${provider}'`,
    hint: () => 'name the provider, or check yourself that its owner is in the EEA or Switzerland',
    meaning: 'Fjord knows only who owns the providers that it names.',
    example: { config: { nodes: "{ 'oslo-1': { country: 'NO' } }", sovereignty: "{ countries: ['NO'] }" } },
  }),
  'resolve/registry-not-allowed': define<{ image: string; registry: string; allowed: readonly string[] }>({
    severity: 'error',
    fact: ({ image, registry, allowed }) =>
      `'${image}' comes from ${registry}, but k3s.allowedRegistries allows only ${list(allowed)}`,
    hint: ({ allowed, registry }) =>
      `push the image to ${allowed[0]} and name it there, or give ${registry} a mirror in k3s.registries with mirrorsOnly: true`,
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
  }),
  'resolve/registry-unused': define<{ registry: string; others: readonly string[] }>({
    severity: 'error',
    fact: ({ registry, others }) => `no image comes from '${registry}', only from ${list(others)}`,
    hint: ({ registry, others }) => {
      const meant = nearest(registry, others);
      return meant === undefined ? 'remove it, or use images from there' : `did you mean '${meant}'?`;
    },
    meaning: 'With a typo in the list, all images from the intended registry are refused.',
    example: { config: { k3s: "{ allowedRegistries: ['gcr.io', 'docker.io'] }" } },
  }),
  'resolve/resolver-foreign': define<{ resolver: string; title: string; owner: string }>({
    severity: 'error',
    fact: ({ resolver, title, owner }) =>
      `'${resolver}' is ${title}, which belongs to a company in ${countryName(owner)}`,
    hint: () =>
      "write your provider's DNS servers, or remove resolvers to use the machine's; or write sovereignty.foreignOwners: 'allow'",
    meaning:
      'A DNS server learns every name that functions call, with the time, and its answers decide where the calls go.',
    example: {
      config: {
        nodes: "{ 'oslo-1': { provider: 'coolvds', country: 'NO' } }",
        k3s: "{ resolvers: ['8.8.8.8'] }",
        sovereignty: "{ countries: ['NO'] }",
      },
    },
  }),
  'resolve/system-images-not-allowed': define<{ own: string; allowed: readonly string[] }>({
    severity: 'error',
    fact: ({ own, allowed }) =>
      `K3s' own images (CoreDNS, metrics-server and others) come from ${own}, but k3s.allowedRegistries allows only ${list(allowed)}`,
    hint: ({ allowed }) => `write systemDefaultRegistry: '${allowed[0]}' in k3s, and copy the images there`,
    meaning: 'K3s has parts of its own that are pulled at the first start like any other image.',
    example: { config: { k3s: "{ allowedRegistries: ['ghcr.io'] }" } },
  }),
};

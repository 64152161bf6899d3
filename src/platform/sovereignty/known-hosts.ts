import { alertServiceOf } from './alert-services.ts';
import { publicResolvers } from './public-resolvers.ts';

/** Facts about a host on the internet. */
export interface KnownHost {
  /** Who runs it, and the parent that owns that. */
  readonly owner: string;
  /** The country of the owner; undefined if no single owner runs it. */
  readonly ownerCountry: string | undefined;
  /** The country that it is in; undefined where its owner serves it from many, or does not say. */
  readonly country?: string;
  /** Where this is stated; undefined for what was in Fjord before sources were recorded. */
  readonly source?: string;
  /** The day on which the source was read, ISO 8601. */
  readonly asOf?: string;
}

interface Row extends KnownHost {
  /** Its hosts, and all below them. */
  readonly domains: readonly string[];
}

const asOf = '2026-11-28';

const rows: readonly Row[] = [
  {
    domains: ['github.com', 'ghcr.io', 'githubusercontent.com', 'github.io'],
    owner: 'GitHub, of Microsoft',
    ownerCountry: 'US',
    source: 'docs.github.com/site-policy/privacy-policies/github-general-privacy-statement',
    asOf,
  },
  {
    domains: ['docker.io', 'docker.com'],
    owner: 'Docker, Inc.',
    ownerCountry: 'US',
    source:
      "Docker's Security and Privacy Guidelines: a Delaware corporation in Palo Alto, stored in Virginia",
    asOf,
  },
  {
    domains: ['quay.io'],
    owner: 'Red Hat, of IBM',
    ownerCountry: 'US',
    source: 'docs.redhat.com/en/documentation/red_hat_quay: "Quay.io, hosted by Red Hat"',
    asOf,
  },
  {
    domains: ['letsencrypt.org'],
    owner: 'Internet Security Research Group',
    ownerCountry: 'US',
    source: 'letsencrypt.org/privacy: a California nonprofit',
    asOf,
  },
  {
    domains: ['deb.debian.org', 'security.debian.org'],
    owner: 'Debian, served by Fastly',
    ownerCountry: 'US',
    source:
      "a list of Debian's mirrors by who serves them: gist.github.com/mchangrh/05f392f65bbec166b711922c7a5e26f9",
    asOf,
  },
  {
    domains: ['ubuntu.com', 'canonical.com', 'snapcraft.io', 'launchpad.net'],
    owner: 'Canonical',
    ownerCountry: 'GB',
    source: 'ubuntu.com/legal/data-privacy',
    asOf,
  },
  {
    domains: ['nginx.org'],
    owner: 'F5, Inc.',
    ownerCountry: 'US',
    source: 'f5.com/company/blog/nginx: NGINX, part of F5',
    asOf,
  },
  {
    domains: ['pool.ntp.org'],
    owner: 'volunteers',
    ownerCountry: undefined,
    source: 'ntppool.org: whoever offers a server, in many countries',
    asOf,
  },
  {
    domains: ['stripe.com'],
    owner: 'Stripe, Inc.',
    ownerCountry: 'US',
    source: 'stripe.com/privacy',
    asOf,
  },
  {
    domains: ['twilio.com', 'sendgrid.com', 'sendgrid.net'],
    owner: 'Twilio Inc.',
    ownerCountry: 'US',
    source: 'twilio.com/legal/privacy',
    asOf,
  },
  {
    domains: ['sentry.io'],
    owner: 'Sentry',
    ownerCountry: 'US',
    source: 'sentry.io/privacy',
    asOf,
  },
  {
    domains: ['datadoghq.com', 'datadoghq.eu'],
    owner: 'Datadog',
    ownerCountry: 'US',
    source: 'datadoghq.com/privacy',
    asOf,
  },
  {
    domains: ['openai.com'],
    owner: 'OpenAI OpCo, LLC',
    ownerCountry: 'US',
    source: 'openai.com/policies/privacy-policy',
    asOf,
  },
  {
    domains: ['cloudflare.com', 'r2.cloudflarestorage.com', 'workers.dev'],
    owner: 'Cloudflare',
    ownerCountry: 'US',
  },
  { domains: ['fastly.com', 'fastly.net'], owner: 'Fastly', ownerCountry: 'US' },
  { domains: ['digitalocean.com', 'digitaloceanspaces.com'], owner: 'DigitalOcean', ownerCountry: 'US' },
  { domains: ['linode.com', 'linodeobjects.com'], owner: 'Akamai', ownerCountry: 'US' },
  {
    domains: ['gcr.io', 'pkg.dev', 'cloudfunctions.net', 'run.app', 'appspot.com'],
    owner: 'Google',
    ownerCountry: 'US',
  },
  {
    domains: ['azurecr.io', 'azure.com', 'windows.net', 'mcr.microsoft.com', 'microsoftonline.com'],
    owner: 'Microsoft',
    ownerCountry: 'US',
  },
  { domains: ['aws', 'on.aws', 'amazon.com'], owner: 'Amazon', ownerCountry: 'US' },
  { domains: ['ovh.net', 'ovh.com'], owner: 'OVHcloud', ownerCountry: 'FR' },
  { domains: ['scw.cloud'], owner: 'Scaleway', ownerCountry: 'FR' },
  { domains: ['exo.io', 'exoscale.com'], owner: 'Exoscale', ownerCountry: 'AT' },
  { domains: ['upcloudobjects.com'], owner: 'UpCloud', ownerCountry: 'FI' },
  { domains: ['your-objectstorage.com'], owner: 'Hetzner', ownerCountry: 'DE' },
];

/** The facts about a host, if it is known. */
export function knownHostOf(host: string): KnownHost | undefined {
  const name = host.toLowerCase();
  const row = rows.find(({ domains }) => domains.some((one) => name === one || name.endsWith(`.${one}`)));
  if (row !== undefined) return row;
  const service = alertServiceOf(name);
  if (service !== undefined) return { owner: service.title, ownerCountry: service.ownerCountry };
  const resolver = publicResolvers.find(({ addresses }) => addresses.includes(name));
  return resolver && { owner: resolver.title, ownerCountry: resolver.ownerCountry };
}

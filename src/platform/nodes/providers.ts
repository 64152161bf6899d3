import type { ProviderName } from '../../config/nodes/node.ts';

/** A company that rents out machines. */
export interface Provider {
  /** The published limit of user-data in bytes, or an assumed one. */
  readonly userDataLimit: number;
  /** Where the limit is stated; undefined for an assumed one: the smallest of all providers, AWS'. */
  readonly limitSource: string | undefined;
  /**
   * Whether it accepts gzipped user-data. `gzip`: yes, counting the compressed bytes. `base64`: only as text, whose
   * bytes it counts, so that less is saved. `unknown`: it is not documented.
   */
  readonly compression: 'gzip' | 'base64' | 'none' | 'unknown';
  /** The country whose law its owner answers to, ISO 3166-1; undefined when it is not known who that is. */
  readonly ownerCountry: string | undefined;
}

const portable = { userDataLimit: 16_384, limitSource: undefined, compression: 'unknown' } as const;

/** Limits in bytes before any encoding that the provider's own interface adds. */
export const providers: Readonly<Record<ProviderName, Provider>> = {
  coolvds: { ...portable, ownerCountry: 'NO' },
  hetzner: {
    userDataLimit: 32_768,
    limitSource: 'the API: "Length must be between 0 and 32768"',
    compression: 'base64',
    ownerCountry: 'DE',
  },
  digitalocean: {
    userDataLimit: 65_536,
    limitSource: 'the API description of Droplet creation: 64 KiB of plain text',
    compression: 'none',
    ownerCountry: 'US',
  },
  aws: {
    userDataLimit: 16_384,
    limitSource: 'the EC2 user guide: 16 KB in raw form, before base64',
    compression: 'gzip',
    ownerCountry: 'US',
  },
  azure: {
    userDataLimit: 65_535,
    limitSource: 'the customData reference: 65,535 bytes',
    compression: 'gzip',
    ownerCountry: 'US',
  },
  gcp: {
    userDataLimit: 262_144,
    limitSource: 'the Compute Engine metadata reference: 256 KB a value',
    compression: 'base64',
    ownerCountry: 'US',
  },
  linode: {
    userDataLimit: 16_384,
    limitSource: 'its Cluster API provider: "cloud-init limits of 16k"',
    compression: 'gzip',
    ownerCountry: 'US',
  },
  scaleway: {
    userDataLimit: 127_998,
    limitSource: 'its Terraform provider: 127,998 characters a key',
    compression: 'none',
    ownerCountry: 'FR',
  },
  exoscale: {
    userDataLimit: 24_573,
    limitSource: 'its Terraform provider: base64 below 32,768, so 24,573 bytes',
    compression: 'gzip',
    ownerCountry: 'AT',
  },
  ovh: {
    userDataLimit: 49_149,
    limitSource: "OpenStack's schema: 65,535 after base64, so 49,149 bytes",
    compression: 'gzip',
    ownerCountry: 'FR',
  },
  vultr: { ...portable, ownerCountry: 'US' },
  upcloud: { ...portable, ownerCountry: 'FI' },
  generic: { ...portable, ownerCountry: undefined },
};

export function isProvider(name: string): name is ProviderName {
  return Object.hasOwn(providers, name);
}

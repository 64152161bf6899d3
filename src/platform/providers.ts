import type { ProviderName } from '../config/node-config.ts';

/** What Fjord knows of a company that rents out machines. */
export interface Provider {
  /** The most bytes of user-data that it takes. */
  readonly userDataLimit: number;
  /** Where the limit is stated. */
  readonly limitSource: string;
  /** The country whose law its owner answers to, ISO 3166-1; undefined when it is not known who that is. */
  readonly ownerCountry: string | undefined;
}

const portable = 'no published limit found; the smallest of all providers (AWS) is used';

/** Limits in bytes before any encoding that the provider's own interface adds. */
export const providers: Readonly<Record<ProviderName, Provider>> = {
  coolvds: { userDataLimit: 16_384, limitSource: portable, ownerCountry: 'NO' },
  hetzner: {
    userDataLimit: 32_768,
    limitSource: 'the API: "Length must be between 0 and 32768"',
    ownerCountry: 'DE',
  },
  digitalocean: {
    userDataLimit: 65_536,
    limitSource: 'the API description of Droplet creation: 64 KiB of plain text',
    ownerCountry: 'US',
  },
  aws: {
    userDataLimit: 16_384,
    limitSource: 'the EC2 user guide: 16 KB in raw form, before base64',
    ownerCountry: 'US',
  },
  azure: { userDataLimit: 65_535, limitSource: 'the customData reference: 65,535 bytes', ownerCountry: 'US' },
  gcp: {
    userDataLimit: 262_144,
    limitSource: 'the Compute Engine metadata reference: 256 KB a value',
    ownerCountry: 'US',
  },
  linode: {
    userDataLimit: 16_384,
    limitSource: 'its Cluster API provider: "cloud-init limits of 16k"',
    ownerCountry: 'US',
  },
  scaleway: {
    userDataLimit: 127_998,
    limitSource: 'its Terraform provider: 127,998 characters a key',
    ownerCountry: 'FR',
  },
  exoscale: {
    userDataLimit: 24_573,
    limitSource: 'its Terraform provider: base64 below 32,768, so 24,573 bytes',
    ownerCountry: 'AT',
  },
  ovh: {
    userDataLimit: 49_149,
    limitSource: "OpenStack's schema: 65,535 after base64, so 49,149 bytes",
    ownerCountry: 'FR',
  },
  vultr: { userDataLimit: 16_384, limitSource: portable, ownerCountry: 'US' },
  upcloud: { userDataLimit: 16_384, limitSource: portable, ownerCountry: 'FI' },
  generic: { userDataLimit: 16_384, limitSource: portable, ownerCountry: undefined },
};

import type { SovereigntyConfig } from '../../config/sovereignty/sovereignty.ts';
import { isForeign } from './foreign.ts';
import { exceptionFor } from './sovereignty.ts';

/** DNS servers that answer everybody, by who runs them. */
interface PublicResolver {
  readonly title: string;
  /** The country of the company or foundation that runs it. */
  readonly ownerCountry: string;
  readonly addresses: readonly string[];
}

/**
 * Those that images, guides and fallbacks name. Quad9 is here because it is often taken for American: since 2021 it
 * is a foundation in Zurich (quad9.net/about).
 */
export const publicResolvers: readonly PublicResolver[] = [
  { title: 'Google Public DNS', ownerCountry: 'US', addresses: ['8.8.8.8', '8.8.4.4'] },
  {
    title: "Cloudflare's 1.1.1.1",
    ownerCountry: 'US',
    addresses: ['1.1.1.1', '1.0.0.1', '1.1.1.2', '1.0.0.2', '1.1.1.3', '1.0.0.3'],
  },
  {
    title: 'OpenDNS (Cisco)',
    ownerCountry: 'US',
    addresses: ['208.67.222.222', '208.67.220.220', '208.67.222.123', '208.67.220.123'],
  },
  { title: 'Yandex DNS', ownerCountry: 'RU', addresses: ['77.88.8.8', '77.88.8.1'] },
  { title: 'Alibaba Public DNS', ownerCountry: 'CN', addresses: ['223.5.5.5', '223.6.6.6'] },
  { title: 'Quad9', ownerCountry: 'CH', addresses: ['9.9.9.9', '149.112.112.112'] },
];

/** Addresses of public DNS servers that pods must not ask; none without `sovereignty`, or where it allows foreign owners. */
export function refusedResolvers(sovereignty: SovereigntyConfig | undefined): string[] {
  if (sovereignty === undefined || sovereignty.foreignOwners === 'allow') return [];
  if (sovereignty.policy === 'report') return [];
  return publicResolvers
    .filter(({ ownerCountry }) => isForeign(ownerCountry))
    .flatMap(({ addresses }) => addresses)
    .filter((host) => exceptionFor(sovereignty, { flow: `dns/${host}`, host }) === undefined)
    .sort();
}

import { type ForeignKey, foreignRows } from './foreign-key.ts';

const countries = "write countries: ['NO']; a country is its two letters";
const law = "write countries: […] and foreignOwners: 'deny'; what data law asks of you is more than a switch";
const owners = "write foreignOwners: 'deny', which refuses providers with an owner elsewhere";

/** Keys of `sovereignty`, as people expect them. */
export const foreignSovereigntyKeys: Readonly<Record<string, ForeignKey>> = foreignRows(
  'sovereignty',
  'check/foreign-key',
  {
    country: countries,
    region: countries,
    regions: countries,
    allowedCountries: countries,
    location: countries,
    gdpr: law,
    schremsII: law,
    schrems2: law,
    providers: owners,
    owners,
    allowedProviders: owners,
  },
);

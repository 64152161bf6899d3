import type { ForeignKey } from './foreign-key.ts';

const countries = "write countries: ['NO']; a country is its two letters";

/** Keys of `sovereignty`, as people expect them. */
export const foreignSovereigntyKeys: Readonly<Record<string, ForeignKey>> = Object.fromEntries([
  ...['country', 'region', 'regions', 'allowedCountries', 'location'].map((key) => row(key, countries)),
  ...['gdpr', 'schremsII', 'schrems2'].map((key) =>
    row(
      key,
      "write countries: […] and foreignOwners: 'deny'; what data law asks of you is more than a switch",
    ),
  ),
  ...['providers', 'owners', 'allowedProviders'].map((key) =>
    row(key, "write foreignOwners: 'deny', which refuses providers with an owner elsewhere"),
  ),
]);

function row(key: string, instead: string): [string, ForeignKey] {
  return [`sovereignty.${key}`, { code: 'check/foreign-key', instead }];
}

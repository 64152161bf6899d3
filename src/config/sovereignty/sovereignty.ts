import type { CountryCode } from '../units.ts';

/** Where the data may be, and under whose law. */
export interface SovereigntyConfig {
  /**
   * The countries that nodes, copies of `backups` and targets of `alerts` may be in.
   *
   * @minItems 1
   * @uniqueItems true
   * @examples [["NO"], ["NO", "SE", "FI"]]
   */
  countries: CountryCode[];

  /**
   * Whether a provider, one that copies of `backups` are sent to, a CDN that `gateway.trustedProxies` names, a service
   * that `alerts` are sent to, or a public DNS server that pods ask may belong to a company outside the EEA and
   * Switzerland, whose law can reach data that is stored in the EEA (the question of Schrems II).
   *
   * @default "deny"
   */
  foreignOwners?: 'allow' | 'deny';
}

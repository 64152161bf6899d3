import type { ArtifactLocation, ConfigPath } from '../../diagnostics/diagnostic.ts';

/**
 * What a flow takes out of the platform. `request`: the address that asks and what it asks for, as everybody does. `yours`:
 * also something of your own, such as the code of functions or names of nodes. `personal`: whatever functions handle, so
 * perhaps personal data.
 */
export type Carries = 'request' | 'yours' | 'personal';

/** One flow as the files of a platform name it. */
export interface NamedFlow {
  /** The kind and the name: `images/ghcr.io`. Unique. */
  readonly id: string;
  /** The host, or what is known of it in place of one. */
  readonly to: string;
  /** True if `to` is a name or an address that can be looked up. */
  readonly isHost: boolean;
  readonly from: string;
  readonly data: string;
  readonly carries: Carries;
  readonly when: string;
  readonly why: string;
  /** How to do without it, or to send it elsewhere. */
  readonly avoid: string;
  /** True if something stops the sender from sending to another host. */
  readonly enforced: boolean;
  /** Where the config names it. */
  readonly path: ConfigPath;
  /** The file that names it. */
  readonly artifact?: ArtifactLocation;
}

/** A flow with what is known of where it leads. */
export interface Flow extends NamedFlow {
  /** ISO 3166-1; undefined: unknown. */
  readonly country: string | undefined;
  /** The company, and its parent; undefined: unknown. */
  readonly owner: string | undefined;
  /** Undefined: unknown, or no single owner. */
  readonly ownerCountry: string | undefined;
  /** Where the facts are from; undefined: they are unknown, or older than this record. */
  readonly source: string | undefined;
  /** ISO 8601. */
  readonly asOf: string | undefined;
  /** The country of the owner's law is outside the EEA and Switzerland, or the place outside the countries allowed. */
  readonly verdict: Verdict;
  /** The reason of the exception that allows it. */
  readonly exception: string | undefined;
}

/**
 * `inside`: where sovereignty allows. `outside` and `foreign`: in another country, or of an owner elsewhere. `place-unknown`
 * and `owner-unknown`: nothing says. `not-asked`: the config has no rule for it.
 */
export type Verdict = 'inside' | 'outside' | 'foreign' | 'place-unknown' | 'owner-unknown' | 'not-asked';

/** The part of the config that says where data may be, in the lock file. */
export interface SovereigntyRecord {
  /** Countries, or `EEA`. */
  readonly countries: readonly string[];
  readonly foreignOwners: 'allow' | 'deny';
  readonly downloads: 'allow' | 'deny';
  readonly policy: 'enforce' | 'report';
  /** In the order of the config. Each has a host or a flow. */
  readonly exceptions: readonly {
    readonly host?: string;
    readonly flow?: string;
    readonly reason: string;
  }[];
  readonly hosts: Readonly<Record<string, HostRecord>>;
}

/** Facts about a host from the config. */
export interface HostRecord {
  readonly country: string;
  readonly ownerCountry?: string;
  readonly owner?: string;
}

/** The country and the provider that the config says of the place that a flow leads to. */
export interface PlaceRecord {
  readonly country?: string;
  readonly provider?: string;
}

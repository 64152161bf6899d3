/** The targets of alerts, and the limits of a problem. */
export interface Alerts {
  /** Sorted by name; at least one. */
  readonly targets: readonly AlertTarget[];
  /** The host that each node calls while it is well. */
  readonly deadMansSwitch: string | undefined;
  /** Seconds. */
  readonly every: number;
  readonly limits: AlertLimits;
}

export interface AlertTarget {
  readonly name: string;
  readonly kind: 'ntfy' | 'slack' | 'webhook' | 'mail';
  readonly host: string;
  /** What only mail has; undefined for the others. */
  readonly mail: AlertMail | undefined;
}

export interface AlertMail {
  readonly port: number;
  readonly from: string;
  /** Sorted. */
  readonly recipients: readonly string[];
}

/** In the units of the config. */
export interface AlertLimits {
  readonly disk: number;
  readonly memory: number;
  readonly certificate: number;
  readonly reboot: number;
  readonly queue: number;
  readonly errors: number;
  readonly restarts: number;
}

/** Where a price or a limit is published, and how well it is known. */
export interface Source {
  /** The page or price list of the provider. */
  readonly url: string;
  /** The day of the list, or else the day on which the page was read. Undefined: the copy that was read has no date. */
  readonly asOf: string | undefined;
  /** How it was read, if not from the provider itself, and what is not confirmed. */
  readonly note: string;
}

/** What a cloud counts in a month, and what one unit of it costs. */
export interface Meter {
  /** Units that are free each month. */
  readonly free: number;
  /** The price of a unit from this amount of the month on, ascending. The first is from 0. */
  readonly tiers: readonly { readonly from: number; readonly price: number }[];
  readonly source: Source;
}

export type CloudName = 'aws' | 'azure' | 'google' | 'cloudflare';

/** What one cloud bills for functions that are called over HTTPS. Prices are without VAT. */
export interface Cloud {
  readonly name: CloudName;
  readonly title: string;
  readonly region: string;
  readonly currency: 'USD';
  /** A month's price that does not depend on use. */
  readonly subscription: { readonly price: number; readonly source: Source } | undefined;
  /** Per call. */
  readonly calls: Meter;
  /** Per call through the cloud's own gateway, which counts a call again for each further `bytes` of its body. */
  readonly gateway: (Meter & { readonly bytes: number }) | undefined;
  /** Per GiB of memory and second. */
  readonly memory: (Meter & { readonly counts: 'allocated' | 'used' }) | undefined;
  /** Per processor and second, of the processors that come with an amount of memory (MiB). */
  readonly processors:
    | (Meter & { readonly byMemory: readonly { readonly upTo: number; readonly processors: number }[] })
    | undefined;
  /** Per second of processor time that was used. */
  readonly cpuTime: Meter | undefined;
  /** Per GiB of answers. Undefined: free. */
  readonly egress: Meter | undefined;
  /** Milliseconds: a call counts at least `least`, in whole `step`s. `longest`: what a call may take, where that is known. */
  readonly duration: { readonly step: number; readonly least: number; readonly longest: number | undefined };
  /** MiB: an amount counts at least `least`, in whole `step`s. A function that needs more than `most` cannot run there. */
  readonly sizes: {
    readonly step: number;
    readonly least: number;
    readonly most: number;
    readonly source: Source;
  };
}

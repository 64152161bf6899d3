import type { CountryCode } from '../units.ts';

/** Where the data may be, and under whose law. */
export interface SovereigntyConfig {
  /**
   * The countries that nodes, copies of `backups`, targets of `alerts` and other hosts that get data of yours may be in.
   * `EEA`: all of the European Economic Area, which is the EU, Iceland, Liechtenstein and Norway.
   *
   * @minItems 1
   * @uniqueItems true
   * @examples [["NO"], ["NO", "SE", "FI"], ["EEA"]]
   */
  countries: (CountryCode | 'EEA')[];

  /**
   * Whether a host that gets data of yours may belong to a company outside the EEA and Switzerland, whose law can reach
   * data that is stored in the EEA (the question of Schrems II). That is a provider of machines or of copies of `backups`, a
   * CDN that `gateway.trustedProxies` names, a service that `alerts` are sent to, a public DNS server that pods ask, a
   * registry of functions' images, and a service that a function's `env` names.
   *
   * @default "deny"
   */
  foreignOwners?: 'allow' | 'deny';

  /**
   * Whether nodes may ask what everybody asks (K3s, packages, public images, charts, the time) of hosts elsewhere. They
   * learn the address of the node and what it fetches.
   *
   * @default "allow"
   */
  downloads?: 'allow' | 'deny';

  /**
   * Facts about hosts that Fjord does not know, or knows less well than you: by host, without a port.
   *
   * @examples [{ "api.acquirer.no": { "country": "NO", "ownerCountry": "NO" } }]
   */
  hosts?: Record<FlowHost, HostFacts>;

  /**
   * Flows that are allowed although they lead elsewhere, each with its reason, which `fjord flows` repeats.
   *
   * @minItems 1
   * @examples [[{ "host": "ghcr.io", "reason": "code of functions, nothing of customers" }]]
   */
  exceptions?: (HostException | FlowException)[];

  /**
   * `enforce`: a flow that leads elsewhere is an error. `report`: it is a row of `fjord flows`, marked as a transfer.
   *
   * @default "enforce"
   */
  policy?: 'enforce' | 'report';
}

/** Where a host is, and who owns it. */
export interface HostFacts {
  /** The country that it is in. */
  country: CountryCode;
  /** The country of the company that owns it, and of the parent of that. */
  ownerCountry?: CountryCode;
  /** The name of the company. */
  owner?: FlowReason;
}

/** Allows everything that leads to a host. */
export interface HostException {
  /** The host, as `fjord flows` names it. */
  host: FlowHost;
  reason: FlowReason;
}

/** Allows one flow. */
export interface FlowException {
  /** The flow, by its name in `fjord flows`. */
  flow: FlowName;
  reason: FlowReason;
}

/**
 * A name or an address of a host, without scheme and port.
 *
 * @title host
 * @pattern ^([A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:]{2,45})$
 * @examples ["ghcr.io"]
 */
export type FlowHost = string;

/**
 * The name of a flow.
 *
 * @title name of a flow
 * @pattern ^[a-z][a-z0-9-]*(/[A-Za-z0-9._:-]{1,253}){1,2}$
 * @examples ["images/ghcr.io"]
 */
export type FlowName = string;

/**
 * A reason, in one line that is not empty.
 *
 * @title reason in one line
 * @maxLength 300
 * @pattern ^\S([^\p{Cc}]*\S)?$
 * @examples ["code of functions, nothing of customers"]
 */
export type FlowReason = string;

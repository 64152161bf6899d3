import type { CountryCode, DnsLabel, DomainName, Duration, EmailAddress } from '../units.ts';

/**
 * People and services that get a message when something is wrong. Each node looks at itself every few minutes, and the
 * first server at the cluster too. Addresses and passwords are secrets in files on the nodes; only their hosts are here.
 */
export interface AlertsConfig {
  /**
   * The targets of messages, by names of yours. Each message goes to all of them.
   *
   * @minProperties 1
   * @maxProperties 10
   * @examples [{ "phone": { "kind": "ntfy", "host": "ntfy.example.no" } }]
   */
  to: Record<DnsLabel, AlertTargetConfig>;

  /** An address that each node calls while it is well. Unset, nobody notices a node that is down. */
  deadMansSwitch?: DeadMansSwitchConfig;

  /**
   * How often a node looks, from 1 minute to 30. A message is sent when a problem is seen twice in a row.
   *
   * @default "5m"
   */
  every?: Duration;

  /** From where on something is a problem. */
  limits?: AlertLimitsConfig;
}

/**
 * Where messages are sent. Its address is the first line of `/etc/fjord/alerts/NAME.url` on each node; of `mail`, the
 * login is in `/etc/fjord/alerts/NAME.login`.
 */
export interface AlertTargetConfig {
  /**
   * The form of a message: plain text for ntfy, what Slack and Mattermost take, JSON of our own for any other program, or
   * a mail by SMTP.
   */
  kind: 'ntfy' | 'slack' | 'webhook' | 'mail';

  /** The host of the address. The node refuses a file that names another host. */
  host: DomainName;

  /**
   * The port of the mail server: 465 speaks TLS at once, any other one STARTTLS. Only for `mail`.
   *
   * @default 465
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  port?: number;

  /** The sender of mails. Needed for `mail`. */
  from?: EmailAddress;

  /**
   * Who gets the mails. Needed for `mail`.
   *
   * @minItems 1
   * @maxItems 20
   * @uniqueItems true
   * @examples [["ops@example.no"]]
   */
  recipients?: EmailAddress[];

  /** The country that the host is in. Needed when `sovereignty.countries` is set. */
  country?: CountryCode;
}

/**
 * A service that tells you when calls stop, such as Healthchecks. The address is the first line of
 * `/etc/fjord/alerts/dead-mans-switch` on each node: make one check for each node, because a node calls only for itself.
 */
export interface DeadMansSwitchConfig {
  /** The host of the address. */
  host: DomainName;
}

/** Limits of what is still well. */
export interface AlertLimitsConfig {
  /**
   * Percent of a disk's space, or of its inodes, that are in use.
   *
   * @default 85
   * @asType integer
   * @minimum 50
   * @maximum 99
   */
  disk?: number;

  /**
   * Percent of the memory that is still available.
   *
   * @default 5
   * @asType integer
   * @minimum 1
   * @maximum 50
   */
  memory?: number;

  /**
   * Days that a certificate of nginx or K3s is still valid. Both are renewed when they have 30 days or more.
   *
   * @default 14
   * @asType integer
   * @minimum 1
   * @maximum 28
   */
  certificate?: number;

  /**
   * Days that a reboot has been pending.
   *
   * @default 8
   * @asType integer
   * @minimum 1
   * @maximum 90
   */
  reboot?: number;

  /**
   * Calls that wait in OpenFaaS' queue. Only for `openfaas.async` with our own manifests.
   *
   * @default 100
   * @asType integer
   * @minimum 1
   * @maximum 1000000
   */
  queue?: number;

  /**
   * Percent of a function's calls in the last 15 minutes that ended in a status of 500 or more, if that is five calls at
   * least.
   *
   * @default 10
   * @asType integer
   * @minimum 1
   * @maximum 100
   */
  errors?: number;

  /**
   * Restarts of a container within an hour.
   *
   * @default 3
   * @asType integer
   * @minimum 1
   * @maximum 100
   */
  restarts?: number;
}

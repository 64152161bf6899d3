/** A service that takes messages or the calls of a dead man's switch, by who runs it. */
export interface AlertService {
  readonly title: string;
  /** The country of the company that runs it. */
  readonly ownerCountry: string;
  /** Its hosts, and all below them. */
  readonly domains: readonly string[];
}

/** Those that guides name most. Healthchecks.io is a company in Latvia (healthchecks.io/about). */
const alertServices: readonly AlertService[] = [
  { title: 'Slack', ownerCountry: 'US', domains: ['slack.com'] },
  { title: 'Discord', ownerCountry: 'US', domains: ['discord.com', 'discordapp.com'] },
  {
    title: 'Microsoft 365',
    ownerCountry: 'US',
    domains: ['office.com', 'office365.com', 'outlook.com', 'logic.azure.com'],
  },
  { title: 'Google', ownerCountry: 'US', domains: ['gmail.com', 'googleapis.com', 'google.com'] },
  { title: 'Amazon', ownerCountry: 'US', domains: ['amazonaws.com'] },
  { title: 'PagerDuty', ownerCountry: 'US', domains: ['pagerduty.com'] },
  { title: 'Pushover', ownerCountry: 'US', domains: ['pushover.net'] },
  { title: 'SendGrid', ownerCountry: 'US', domains: ['sendgrid.net'] },
  { title: 'Postmark', ownerCountry: 'US', domains: ['postmarkapp.com'] },
  { title: 'Opsgenie', ownerCountry: 'AU', domains: ['opsgenie.com'] },
  { title: 'ntfy.sh', ownerCountry: 'US', domains: ['ntfy.sh'] },
  { title: 'Healthchecks.io', ownerCountry: 'LV', domains: ['hc-ping.com', 'healthchecks.io'] },
];

/** The service that a host belongs to, if it is one of those. */
export function alertServiceOf(host: string): AlertService | undefined {
  return alertServices.find(({ domains }) =>
    domains.some((domain) => host === domain || host.endsWith(`.${domain}`)),
  );
}

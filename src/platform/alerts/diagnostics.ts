import { define } from '../../diagnostics/definition.ts';

/** A platform that tells such a target. */
const to = (target: string, rest = "deadMansSwitch: { host: 'hc-ping.com' }") => ({
  config: { alerts: `{ to: { ops: ${target} }, ${rest} }` },
});

/** What `resolve` reports about alerts. */
export const resolveAlertsDiagnostics = {
  'resolve/alert-key-of-mail': define<{ key: string; kind: string }>({
    severity: 'error',
    fact: ({ key, kind }) => `'${key}' is only for mail, but this target is of kind '${kind}'`,
    hint: ({ key, kind }) =>
      key === 'port'
        ? `remove port; write it in the address of the file on the node, because '${kind}' is sent to that address`
        : `remove ${key}, or write kind: 'mail'`,
    meaning: 'The other kinds have one address, which is in a file on the node and says everything.',
    example: to("{ kind: 'ntfy', host: 'ntfy.example.no', recipients: ['ops@example.no'] }"),
  }),
  'resolve/alerts-interval': define<{ every: string }>({
    severity: 'error',
    fact: ({ every }) => `alerts.every is ${every}, but nodes can look every 1 to 30 minutes`,
    hint: () => "write '5m', or remove the key",
    meaning:
      'A problem is reported when it was seen twice. More than once a minute is a load by itself; with more than half an hour between, nobody would call it an alert.',
    example: to("{ kind: 'ntfy', host: 'ntfy.example.no' }", "every: '2h'"),
  }),
  'resolve/mail-without-recipients': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `the mails of '${name}' have no recipients`,
    hint: () => "add recipients: ['ops@example.no']",
    meaning: 'A mail server takes no mail without a recipient, so nobody would be informed.',
    example: to("{ kind: 'mail', host: 'smtp.example.no', from: 'fjord@example.no' }"),
  }),
  'resolve/mail-without-sender': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `the mails of '${name}' have no sender`,
    hint: () => "add from: 'fjord@example.no', an address that the mail server lets this login use",
    meaning: 'Mail servers refuse mail whose sender does not belong to the login.',
    example: to("{ kind: 'mail', host: 'smtp.example.no', recipients: ['ops@example.no'] }"),
  }),
  'resolve/no-dead-mans-switch': define({
    severity: 'warning',
    fact: () => 'nobody is alerted when a node is down, because only the node itself could do it',
    hint: () => "add deadMansSwitch: { host: 'HOST' } with a service that expects calls, see docs/alerts.md",
    meaning:
      'A machine without power, network or disk sends no message. Somebody elsewhere must notice that its calls have stopped.',
    example: { config: { alerts: "{ to: { ops: { kind: 'ntfy', host: 'ntfy.example.no' } } }" } },
  }),
};

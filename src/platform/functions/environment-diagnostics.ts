import { define } from '../../diagnostics/definition.ts';

const pay = (settings: string) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} } }` },
});

const intoSecret = (): string =>
  "put it into a Secret, list the Secret in secrets: ['…'], and let the function read /var/openfaas/secrets/…";

/** What `resolve` reports about variables of a function. */
export const resolveFunctionsEnvironmentDiagnostics = {
  'resolve/env-is-ours': define<{ variable: string; from: string }>({
    severity: 'error',
    fact: ({ variable, from }) => `'${variable}' follows from ${from}`,
    hint: () => 'remove it; if you need another value, change what it follows from',
    meaning: 'Fjord derives the variable so that it fits the other hops. A second value would break that.',
    example: pay("env: { exec_timeout: '1h' }"),
  }),
  'resolve/secret-in-env': define<{ variable: string; what: string }>({
    severity: 'error',
    fact: ({ variable, what }) =>
      `the value of '${variable}' contains ${what}, but a config must hold no secrets`,
    hint: intoSecret,
    meaning:
      'A config and its output are committed, reviewed and pasted. Anyone who sees one of them knows the secret, so it should be replaced.',
    example: pay("env: { DATABASE_URL: 'postgres://pay:hunter2@db.example.no/pay' }"),
  }),
  'resolve/secret-by-name': define<{ variable: string }>({
    severity: 'warning',
    fact: ({ variable }) => `'${variable}' sounds like a secret, but its value would be readable in dist/`,
    hint: intoSecret,
    meaning:
      'Judging by its name, not everyone who can see the config should know the value. If they may, turn the warning off in diagnostics.',
    example: pay("env: { SMTP_PASSWORD: 'hunter2' }"),
  }),
};

import { define } from '../definition.ts';
import { quote } from '../quote.ts';

export interface Flag {
  readonly key: string;
  readonly value: unknown;
  readonly instead: string;
}

const hint = ({ instead }: Flag): string => instead;

/** Flags of OpenFaaS' chart and its installers: what each does today, and what has the effect that was wanted. */
export const checkOpenfaasCodes = {
  'check/direct-functions-dead': define<Flag>({
    severity: 'error',
    fact: ({ key }) =>
      `${quote(key)} does nothing in the community edition: its gateway has not read it since 2023`,
    hint,
  }),
  'check/faas-idler-gone': define<Flag>({
    severity: 'error',
    fact: ({ key }) => `${quote(key)} does nothing: faas-idler was removed from OpenFaaS' chart in 2023`,
    hint,
  }),
  'check/load-balancer-exposes': define<Flag>({
    severity: 'error',
    fact: ({ key, value }) =>
      `${quote(key)}: ${quote(value)} creates a Service that opens the gateway on every node in plain HTTP, bypassing nginx`,
    hint,
  }),
  'check/operator-of-pro': define<Flag>({
    severity: 'error',
    fact: ({ key }) => `${quote(key)} is for OpenFaaS Pro: the community edition has no operator`,
    hint,
  }),
  'check/basic-auth-always': define<Flag>({
    severity: 'error',
    fact: ({ key }) =>
      `${quote(key)} cannot be set: the gateway's own interface always asks for the admin's password`,
    hint,
  }),
  'check/password-in-config': define<Flag>({
    severity: 'error',
    fact: ({ key }) => `${quote(key)} would put a password into this file, into dist/ and so into Git`,
    hint,
  }),
  'check/chart-value': define<Flag>({
    severity: 'error',
    fact: ({ key }) => `${quote(key)} is a value of OpenFaaS' chart, not a key of this config`,
    hint,
  }),
};

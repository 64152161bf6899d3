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
      `${quote(key)} does nothing in the community edition, whose gateway has not read it since 2023 and always asks the provider; in pro it is for service meshes, and without one it sends most calls to one copy`,
    hint,
  }),
  'check/faas-idler-gone': define<Flag>({
    severity: 'error',
    fact: ({ key }) =>
      `${quote(key)} does nothing: faas-idler left OpenFaaS' chart in 2023; the community edition scales no function to zero, and pro does so by its autoscaler`,
    hint,
  }),
  'check/load-balancer-exposes': define<Flag>({
    severity: 'error',
    fact: ({ key, value }) =>
      `${quote(key)}: ${quote(value)} is about a Service that opens the gateway on every address of every node in plain HTTP, past nginx with its TLS and limits, in either edition`,
    hint,
  }),
  'check/operator-of-pro': define<Flag>({
    severity: 'error',
    fact: ({ key }) =>
      `${quote(key)} is OpenFaaS Pro's: the community edition has no operator, and its chart refuses to be installed with one`,
    hint,
  }),
  'check/basic-auth-always': define<Flag>({
    severity: 'error',
    fact: ({ key }) =>
      `${quote(key)} is no choice here: the gateway's own interface always asks for the admin's password, and no file in dist/ holds it`,
    hint,
  }),
  'check/password-in-config': define<Flag>({
    severity: 'error',
    fact: ({ key }) => `${quote(key)} would put a password into this file, into dist/ and so into Git`,
    hint,
  }),
  'check/chart-value': define<Flag>({
    severity: 'error',
    fact: ({ key }) => `${quote(key)} is a value of OpenFaaS' chart; values are not passed on to it`,
    hint,
  }),
};

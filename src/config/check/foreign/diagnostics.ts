import { define } from '../../../diagnostics/definition.ts';
import { quote } from '../../../diagnostics/quote.ts';

const pay = (settings: string) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} } }` },
});

type Key = { readonly key: string; readonly instead: string };

export interface Flag {
  readonly key: string;
  readonly value: unknown;
  readonly instead: string;
}

const hint = ({ instead }: Flag): string => instead;

const openfaas = (settings: string) => ({ config: { openfaas: `{ ${settings} }` } });

/** What `check` reports about keys from elsewhere. */
export const checkForeignDiagnostics = {
  'check/pro-only-key': define<{ readonly key: string; readonly instead: string }>({
    severity: 'error',
    fact: ({ key }) => `${quote(key)} is available only in OpenFaaS Pro`,
    hint: ({ instead }) => instead,
    meaning: 'The community edition would accept the setting and ignore it.',
    example: pay("constraints: ['gpu=true']"),
  }),
  'check/public-images-only': define<{ readonly key: string; readonly instead: string }>({
    severity: 'error',
    fact: ({ key }) => `${quote(key)} cannot be set: functions do not log in to registries, nodes do`,
    hint: ({ instead }) => instead,
    meaning: 'The community edition refuses the function, whatever password it is given for the registry.',
    example: pay("imagePullSecrets: ['registry']"),
  }),
  'check/k3s-key': define<Key>({
    severity: 'error',
    fact: ({ key }) => `${quote(key)} is a key of K3s itself, not of this config`,
    hint: ({ instead }) => instead,
    meaning:
      'K3s ignores keys that it does not know, so Fjord checks every setting of K3s. Each has only one name here.',
    example: { config: { k3s: "{ disable: ['traefik'] }" } },
  }),
  'check/token-in-config': define<Key>({
    severity: 'error',
    fact: ({ key }) =>
      `${quote(key)} would put a token of the cluster into this file, into dist/ and so into Git`,
    hint: ({ instead }) => instead,
    meaning:
      'Anyone with the token of a server is cluster-admin. A platform of one node needs no token at all.',
    example: { config: { k3s: "{ token: 'secret' }" } },
  }),
  'check/direct-functions-dead': define<Flag>({
    severity: 'error',
    fact: ({ key }) =>
      `${quote(key)} does nothing in the community edition: its gateway has not read it since 2023`,
    hint,
    meaning:
      'Many recipes set the flag for speed, but the gateway now always asks the provider. In Pro it is for service meshes; without one it sends most calls to one copy. Here a function with direct: true bypasses gateway and provider.',
    example: openfaas('gateway: { directFunctions: true }'),
  }),
  'check/faas-idler-gone': define<Flag>({
    severity: 'error',
    fact: ({ key }) => `${quote(key)} does nothing: faas-idler was removed from OpenFaaS' chart in 2023`,
    hint,
    meaning:
      'Many recipes set the flag to scale functions to zero, but nothing reads it any more. The community edition cannot scale functions to zero; the autoscaler of Pro can.',
    example: openfaas('faasIdler: { dryRun: false }'),
  }),
  'check/load-balancer-exposes': define<Flag>({
    severity: 'error',
    fact: ({ key, value }) =>
      `${quote(key)}: ${quote(value)} creates a Service that opens the gateway on every node in plain HTTP, bypassing nginx`,
    hint,
    meaning:
      'For such a Service K3s opens port 8080 on every address of every node, in either edition. Passwords would be sent over it in plain text, and the limits of nginx would not apply.',
    example: openfaas("serviceType: 'LoadBalancer'"),
  }),
  'check/operator-of-pro': define<Flag>({
    severity: 'error',
    fact: ({ key }) => `${quote(key)} is for OpenFaaS Pro: the community edition has no operator`,
    hint,
    meaning:
      'The operator, and the Function resources that it reads, have been only in OpenFaaS Pro since 2022. The chart refuses to install the community edition with one.',
    example: openfaas('operator: { create: true }'),
  }),
  'check/basic-auth-always': define<Flag>({
    severity: 'error',
    fact: ({ key }) =>
      `${quote(key)} cannot be set: the gateway's own API always asks for the admin's password`,
    hint,
    meaning:
      'Anyone who can deploy functions can run anything on the nodes, so the API is never open. No file in dist/ contains the password.',
    example: openfaas('basic_auth: false'),
  }),
  'check/password-in-config': define<Flag>({
    severity: 'error',
    fact: ({ key }) => `${quote(key)} would put a password into this file, into dist/ and so into Git`,
    hint,
    meaning:
      'Files of a platform are meant to be read, compared and kept in Git, so they must not contain secrets.',
    example: openfaas("password: 'secret'"),
  }),
  'check/chart-value': define<Flag>({
    severity: 'error',
    fact: ({ key }) => `${quote(key)} is a value of OpenFaaS' chart, not a key of this config`,
    hint,
    meaning:
      'Most values of the chart follow from this config. The chart does not check its values, so it would accept wrong ones silently.',
    example: openfaas("functionNamespace: 'functions'"),
  }),
  'check/nginx-directive': define<Key>({
    severity: 'error',
    fact: ({ key }) => `${quote(key)} is a directive of nginx, not a key of this config`,
    hint: ({ instead }) => instead,
    meaning:
      "Fjord writes nginx' whole conf, so that its limits, timeouts and logs fit each other and the functions. Each setting has only one name here.",
    example: { config: { gateway: "{ proxy_read_timeout: '60s' }" } },
  }),
  'check/not-offered': define<Key>({
    severity: 'error',
    fact: ({ key }) => `other tools have ${quote(key)}, but Fjord has nothing like it`,
    hint: ({ instead }) => instead,
    meaning: 'Another tool has the key. Here it would have no effect, so it is refused with the reason.',
    example: pay('gpu: 1'),
  }),
  'check/foreign-key': define<{ readonly key: string; readonly instead: string }>({
    severity: 'error',
    fact: ({ key }) => `there is no key ${quote(key)} here; that is another tool's name for it`,
    hint: ({ instead }) => instead,
    meaning:
      'The key comes from another tool, such as faas-cli. Here the setting has another name, or is not needed.',
    example: pay("environment: { MODE: 'test' }"),
  }),
};

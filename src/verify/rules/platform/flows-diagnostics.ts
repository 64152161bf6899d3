import { define } from '../../../diagnostics/definition.ts';

/** A flow in a sentence. */
interface FlowParams {
  readonly id: string;
  readonly to: string;
  readonly avoid: string;
}

const base = (image: string, env = '') => ({
  nodes: "{ 'oslo-1': { provider: 'coolvds', country: 'NO' } }",
  functions: `{ pay: { image: '${image}'${env} } }`,
  k3s: "{ registries: { mirrors: { '*': { endpoints: ['https://registry.example.no'] } }, mirrorsOnly: true } }",
});

const sovereignty = (more = '') =>
  `{ countries: ['NO'], hosts: { 'registry.example.no': { country: 'NO', ownerCountry: 'NO' } }${more} }`;

const exceptionHint = ({ id, avoid }: FlowParams): string =>
  `${avoid}; or add { flow: '${id}', reason: '…' } to sovereignty.exceptions`;

const country = (code: string): string => (['US', 'UK'].includes(code) ? `the ${code}` : code);

/** What `verify` reports about flows out of a platform. */
export const verifyFlowsDiagnostics = {
  'verify/host-without-flow': define<{ host: string }>({
    severity: 'error',
    fact: ({ host }) => `'${host}' is named here, but no flow of the platform leads there`,
    hint: ({ host }) => `remove '${host}', or compile again if this file was edited`,
    meaning:
      'Fjord lists every host that the platform calls, with what is sent there and under whose law. A host that is not on that list was added by somebody who edited a file.',
    example: {
      dist: {
        path: 'nginx/openfaas.conf',
        from: 'proxy_pass http://openfaas_gateway;',
        to: 'proxy_pass https://collector.example.org;',
      },
    },
  }),
  'verify/flow-outside': define<FlowParams & { country: string; countries: readonly string[] }>({
    severity: 'error',
    fact: ({ id, to, country, countries }) =>
      `flow '${id}' leads to '${to}' in ${country}, but sovereignty.countries allows only ${countries.join(', ')}`,
    hint: exceptionHint,
    meaning:
      'sovereignty.countries says where data may be. What this flow carries would be somewhere else; `fjord flows` shows what that is.',
    example: {
      config: {
        ...base('registry.example.no/pay:1', ", env: { ACQUIRER: 'https://api.acquirer.example' }"),
        sovereignty:
          "{ countries: ['NO'], hosts: { 'registry.example.no': { country: 'NO', ownerCountry: 'NO' }, 'api.acquirer.example': { country: 'BR' } } }",
      },
    },
  }),
  'verify/flow-foreign': define<FlowParams & { owner: string; ownerCountry: string }>({
    severity: 'error',
    fact: ({ id, to, owner, ownerCountry }) =>
      `flow '${id}' leads to '${to}' of ${owner}, whose law is that of ${country(ownerCountry)}`,
    hint: exceptionHint,
    meaning:
      'A company is subject to the law of its own country wherever its machines are, so that law can reach what this flow carries. The judgment C-311/18 (Schrems II) explains why that matters for personal data.',
    example: { config: { ...base('ghcr.io/acme/pay:1'), k3s: '{}', sovereignty: "{ countries: ['NO'] }" } },
  }),
  'verify/flow-place-unknown': define<FlowParams>({
    severity: 'error',
    fact: ({ id, to }) => `nothing says in which country '${to}' is, to which flow '${id}' leads`,
    hint: ({ id, to }) =>
      `add '${to}': { country: '…', ownerCountry: '…' } to sovereignty.hosts; or add { flow: '${id}', reason: '…' } to sovereignty.exceptions`,
    meaning: 'A promise about countries can be kept only for places whose country is known.',
    example: {
      config: {
        ...base('registry.example.no/pay:1', ", env: { STOCK_URL: 'https://stock.example.com' }"),
        sovereignty: sovereignty(),
      },
    },
  }),
  'verify/flow-owner-unknown': define<FlowParams>({
    severity: 'warning',
    fact: ({ id, to }) => `Fjord does not know who owns '${to}', to which flow '${id}' leads`,
    hint: ({ to }) => `add ownerCountry to sovereignty.hosts['${to}']`,
    meaning: 'The law of the owner applies to what the flow carries, wherever the machine is.',
    example: {
      config: {
        ...base('registry.example.no/pay:1'),
        sovereignty: "{ countries: ['NO'], hosts: { 'registry.example.no': { country: 'NO' } } }",
      },
    },
  }),
  'verify/exception-unused': define<{ name: string }>({
    severity: 'warning',
    fact: ({ name }) => `no flow of the platform is '${name}', or leads there`,
    hint: () => 'remove the exception, or write a name that `fjord flows` prints',
    meaning:
      'An exception that nothing needs is misspelt, or left from before; later it could allow something that nobody meant.',
    example: {
      config: {
        ...base('registry.example.no/pay:1'),
        sovereignty: sovereignty(", exceptions: [{ host: 'gchr.io', reason: 'public images' }]"),
      },
    },
  }),
};

import { define } from '../../../diagnostics/definition.ts';

const proxy = (settings = "url: 'http://proxy.corp.example:3128'", more = '') =>
  `{ 'oslo-1': { provider: 'coolvds', country: 'NO', ${more}proxy: { ${settings} } } }`;

/** What `resolve` reports about the proxies of nodes. */
export const resolveProxyDiagnostics = {
  'resolve/proxy-nowhere': define<{ address: string; use: string }>({
    severity: 'error',
    fact: ({ address, use }) => `no proxy can be at ${address}, which is ${use}`,
    hint: () => 'write the address or name of a machine outside of the cluster that is a proxy',
    meaning:
      'The node needs the proxy for the first package that it installs, so the proxy must be another machine that is there already.',
    example: { config: { nodes: proxy("url: 'http://127.0.0.1:3128'") } },
  }),
  'resolve/proxy-without-address': define<{ name: string; server: string }>({
    severity: 'error',
    fact: ({ name, server }) =>
      `node '${name}' has no address, so K3s on '${server}' would look for it through the proxy`,
    hint: () => "add address: '…'",
    meaning:
      'Charts and snapshots for a bucket are fetched and sent with the proxy of K3s itself. K3s then uses it for every address that is not excepted, also for kubelets, and Fjord can except only addresses that it knows.',
    example: { config: { nodes: proxy(), openfaas: "{ edition: 'pro' }" } },
  }),
  'resolve/proxy-not-for': define<{ what: string; host: string; node: string; instead: string }>({
    severity: 'warning',
    fact: ({ what, host, node }) => `the proxy of '${node}' is not used for ${what}, at '${host}'`,
    hint: ({ host, node, instead }) =>
      `add '${host}' to nodes.${node}.proxy.except once ${node} reaches it directly, or ${instead}`,
    meaning:
      'An HTTP proxy carries http and https. What else a node or its pods call, they call directly, and where only the proxy leads outside, that fails.',
    example: {
      config: {
        nodes: proxy(),
        backups:
          "{ recipients: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'], to: { ssh: { host: 'copies.example.no', user: 'fjord', path: 'copies', hostKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExampleExampl' } } }",
      },
    },
  }),
};

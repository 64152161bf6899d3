/** A config that nothing is said about, key by key. */
const small: Readonly<Record<string, string>> = {
  domain: "'functions.example.no'",
  nodes: "{ 'oslo-1': { provider: 'coolvds', country: 'NO' } }",
  openfaas: "{ licence: 'personal', startCheck: 'accepted' }",
  functions: "{ pay: { image: 'ghcr.io/acme/pay:1' } }",
};

/** The source of a config with other keys than the small one's. A key that is empty is left out. */
export function exampleSource(keys: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ ...small, ...keys })
    .filter(([, source]) => source !== '')
    .map(([key, source]) => `  ${key}: ${source.replaceAll('\n', '\n  ')},`);
  return ['export default {', ...lines, '};', ''].join('\n');
}

export default {
  domain: 'functions.example.no',
  nodes: { 'oslo-1': { provider: 'coolvds' } },
  openfaas: { licence: 'personal', startCheck: 'accepted', upstreamTimeout: '60s' },
  functions: { export: { image: 'ghcr.io/acme/export:1', timeout: '10m' } },
};

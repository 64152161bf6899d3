const common = { timeout: '15m', replicas: { min: 0 } };

export default {
  domain: 'functions.example.no',
  nodes: { 'oslo-1': { provider: 'coolvds' } },
  openfaas: { licence: 'personal', startCheck: 'accepted' },
  functions: { pay: { image: 'ghcr.io/acme/pay:1', ...common } },
};

export default {
  domain: 'functions.example.no',
  nodes: { 'oslo-1': { provider: 'aws', country: 'NO' } },
  openfaas: { licence: 'personal', startCheck: 'accepted' },
  functions: { pay: { image: 'ghcr.io/acme/pay:1' } },
  sovereignty: { countries: ['NO'] },
};

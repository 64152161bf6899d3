export default {
  domain: 'functions.example.no',
  nodes: { 'oslo-1': { provider: 'coolvds' } },
  functions: {
    pay: { lang: 'node22', handler: './pay', image: 'ghcr.io/acme/pay:1', environment: { MODE: 'test' } },
  },
};

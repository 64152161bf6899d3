const functions = {
  pay: { image: 'ghcr.io/acme/pay:1', timeout: '30' },
  report: { image: 'ghcr.io/acme/report:1', memory: { limit: '512MB' } },
};

export default { domain: 'functions.example.no', nodes: { 'oslo-1': {} }, functions };

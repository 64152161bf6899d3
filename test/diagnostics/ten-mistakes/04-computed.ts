const images = new Map([['pay', 'ghcr.io/acme/pay:latest']]);

export default {
  domain: 'functions.example.no',
  nodes: { 'oslo-1': { provider: 'hetzner' } },
  openfaas: { licence: 'personal', startCheck: 'accepted' },
  functions: { pay: { image: images.get('pay') } },
};

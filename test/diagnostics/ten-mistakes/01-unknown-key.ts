import { definePlatform } from 'fjord';

export default definePlatform({
  domain: 'functions.example.no',
  nodes: { 'oslo-1': { provider: 'coolvds' } },
  functions: { pay: { image: 'ghcr.io/acme/pay:1', timeuot: '30s' } },
});

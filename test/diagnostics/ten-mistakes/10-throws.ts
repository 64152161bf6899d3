const registry = process.env.NO_SUCH_REGISTRY.toLowerCase();

export default {
  domain: 'functions.example.no',
  nodes: { 'oslo-1': { provider: 'coolvds' } },
  functions: { pay: { image: `${registry}/pay:1` } },
};

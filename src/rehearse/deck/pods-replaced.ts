import type { Misfortune } from './misfortune.ts';

/** OpenFaaS' own namespace, and its functions'. */
const namespaces = ['openfaas', 'openfaas-fn'];

export const podsReplaced: Misfortune = {
  name: 'pods-replaced',
  title: "each Deployment's pods are replaced, as a change of it does",
  losesNoCall: true,
  backWithin: 120,
  strike: async ({ machines: [first] }) => {
    if (first === undefined) return undefined;
    for (const namespace of namespaces) {
      const rollout = ['kubectl', '--namespace', namespace, 'rollout'];
      first.must('/usr/local/bin/k3s', ...rollout, 'restart', 'deployment');
      const status = [...rollout, 'status', 'deployment', '--timeout', '180s'];
      const { stdout, stderr } = await first.runSoon('/usr/local/bin/k3s', status, { seconds: 200 });
      if (!stdout.includes('successfully rolled out')) throw new Error(`${first.name}: ${stderr.trim()}`);
    }
    return undefined;
  },
};

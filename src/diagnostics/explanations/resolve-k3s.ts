import type { k3sCodes } from '../codes/resolve-k3s.ts';
import type { Explanations } from './explanation.ts';

const k3s = (settings: string) => ({ config: { k3s: `{ ${settings} }` } });
const two = (first: string, second: string) =>
  `{\n  'oslo-1': { provider: 'coolvds', country: 'NO', role: 'server', ${first} },\n  'oslo-2': { provider: 'coolvds', country: 'NO', role: 'agent', ${second} },\n}`;

export const k3sExplanations: Explanations<keyof typeof k3sCodes> = {
  'resolve/dns-is-gateway': {
    meaning: 'Two Services cannot share an address, so names would not resolve inside the cluster.',
    example: k3s("clusterDns: '10.43.0.80'"),
  },
  'resolve/dns-not-in-range': {
    meaning: 'K3s would not start its DNS, so no pod would find another pod by name.',
    example: k3s("clusterDns: '10.44.0.10'"),
  },
  'resolve/k3s-behind': {
    meaning: 'A patch release contains only fixes, often for vulnerabilities that are already public.',
    example: k3s("version: 'v1.36.4+k3s1'"),
  },
  'resolve/k3s-minor-unknown': {
    meaning:
      'Fjord checks its output against the schemas of the Kubernetes version, but it has none for this version.',
    example: k3s("version: 'v1.20.0+k3s1'"),
  },
  'resolve/k3s-too-old': {
    meaning: 'K3s only warns about settings that it does not know, in a log that nobody reads.',
    example: k3s("version: 'v1.36.5+k3s1', kubeconfigName: 'oslo'"),
  },
  'resolve/kubeconfig-group-unused': {
    meaning: 'The group was meant to read the file, but could not.',
    example: k3s("kubeconfigGroup: 'ops'"),
  },
  'resolve/kubeconfig-readable': {
    meaning:
      'cluster-admin is root on every node. One compromised service on this node would be enough to take over all of them.',
    example: k3s("kubeconfigMode: '0644'"),
  },
  'resolve/pod-range-too-small': {
    meaning: 'The last node would get no addresses for its pods, so it would run none.',
    example: {
      config: {
        nodes: two("address: '192.0.2.1'", "address: '192.0.2.2'"),
        k3s: "{ clusterCidr: '10.42.0.0/24' }",
      },
    },
  },
  'resolve/pods-unencrypted': {
    meaning:
      'Anyone who sees the traffic between the nodes could read and change calls, with everything that they carry.',
    example: {
      config: {
        nodes: two("address: '192.0.2.1'", "address: '192.0.2.2'"),
        k3s: "{ flannelBackend: 'vxlan' }",
      },
    },
  },
  'resolve/ranges-overlap': {
    meaning: 'One address would belong to a pod and to a Service, so calls would go to the wrong one.',
    example: k3s("serviceCidr: '10.42.128.0/17'"),
  },
  'resolve/service-range-too-large': {
    meaning: 'The API server does not start with a larger range.',
    example: k3s("serviceCidr: '10.0.0.0/8', clusterCidr: '172.16.0.0/16'"),
  },
  'resolve/snapshots-without-etcd': {
    meaning: 'There would be no snapshot on the day when you need one.',
    example: k3s("snapshots: { schedule: '0 3 * * *' }"),
  },
  'resolve/sqlite-of-one': {
    meaning: 'Each server would keep its own state, so they would be separate clusters.',
    example: {
      config: {
        nodes: ['1', '2', '3']
          .map(
            (n) =>
              `  'oslo-${n}': { provider: 'coolvds', country: 'NO', role: 'server', address: '192.0.2.${n}' },`,
          )
          .join('\n')
          .replace(/^/, '{\n')
          .replace(/$/, '\n}'),
        k3s: "{ datastore: 'sqlite' }",
      },
    },
  },
  'resolve/sysctl-against-hardening': {
    meaning:
      'The kubelet compares the kernel with the values that it needs and exits if they differ, so the node would run no pods.',
    example: { config: { k3s: "{ hardening: 'cis' }", kernel: "{ sysctl: { 'vm.overcommit_memory': 2 } }" } },
  },
};

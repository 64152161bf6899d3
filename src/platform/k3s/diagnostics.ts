import { define } from '../../diagnostics/definition.ts';
import { alternatives } from '../../diagnostics/wording.ts';

const k3s = (settings: string) => ({ config: { k3s: `{ ${settings} }` } });

const two = (first: string, second: string) =>
  `{\n  'oslo-1': { provider: 'coolvds', country: 'NO', role: 'server', ${first} },\n  'oslo-2': { provider: 'coolvds', country: 'NO', role: 'agent', ${second} },\n}`;

const list = (words: readonly string[]): string => words.join(', ');

const openfaas = (settings: string) => ({
  config: { openfaas: `{ licence: 'personal', startCheck: 'accepted', ${settings} }` },
});

/** What `resolve` reports about K3s. */
export const resolveK3sDiagnostics = {
  'resolve/dns-is-gateway': define<{ address: string }>({
    severity: 'error',
    fact: ({ address }) => `${address} is already the address of OpenFaaS' gateway`,
    hint: () => 'choose another address of serviceCidr',
    meaning: 'Two Services cannot share an address, so names would not resolve inside the cluster.',
    example: k3s("clusterDns: '10.43.0.80'"),
  }),
  'resolve/dns-not-in-range': define<{ address: string; range: string }>({
    severity: 'error',
    fact: ({ address, range }) => `${address} is not a usable address of serviceCidr (${range})`,
    hint: () => 'choose an address of the range from its third on, or remove clusterDns',
    meaning: 'K3s would not start its DNS, so no pod would find another pod by name.',
    example: k3s("clusterDns: '10.44.0.10'"),
  }),
  'resolve/image-gc-order': define<{ high: number; low: number }>({
    severity: 'error',
    fact: ({ high, low }) => `images cannot be removed from ${high} % of the disk down to ${low} %`,
    hint: ({ high }) => `write low below ${high}`,
    meaning: 'The kubelet does not start with such values, so the node would never be ready.',
    example: k3s('kubelet: { imageGc: { high: 70 } }'),
  }),
  'resolve/k3s-behind': define<{ version: string; newest: string }>({
    severity: 'warning',
    fact: ({ version, newest }) => `${version} lacks the security fixes of ${newest}`,
    hint: ({ newest }) => `write version: '${newest}'`,
    meaning: 'A patch release contains only fixes, often for vulnerabilities that are already public.',
    example: k3s("version: 'v1.36.4+k3s1'"),
  }),
  'resolve/k3s-minor-unknown': define<{ version: string; minors: readonly string[] }>({
    severity: 'error',
    fact: ({ version }) => `Fjord does not support the Kubernetes version of '${version}'`,
    hint: ({ minors }) => `choose a version of ${alternatives(minors)}, or use a newer Fjord`,
    meaning:
      'Fjord checks its output against the schemas of the Kubernetes version, but it has none for this version.',
    example: k3s("version: 'v1.20.0+k3s1'"),
  }),
  'resolve/k3s-release-impossible': define<{ version: string; impossible: string; newest: string }>({
    severity: 'error',
    fact: ({ version, impossible }) => `K3s has no release '${version}': ${impossible}`,
    hint: ({ newest }) => `write a release of https://github.com/k3s-io/k3s/releases, such as '${newest}'`,
    meaning: 'The node would find nothing to download, and so never start K3s.',
    example: k3s("version: 'v1.99.0+k3s1'"),
  }),
  'resolve/k3s-too-old': define<{ what: string; since: string; version: string }>({
    severity: 'error',
    fact: ({ what, since, version }) => `${what} needs K3s ${since} or newer, but the version is ${version}`,
    hint: ({ since }) => `write version: '${since}' or newer, or remove it`,
    meaning: 'K3s only warns about settings that it does not know, in a log that nobody reads.',
    example: k3s("version: 'v1.36.5+k3s1', kubeconfigName: 'oslo'"),
  }),
  'resolve/kubeconfig-group-unused': define<{ group: string; mode: string }>({
    severity: 'error',
    fact: ({ group, mode }) => `the group '${group}' has no effect with mode '${mode}'`,
    hint: () => "add kubeconfigMode: '0640'",
    meaning: 'Members of the group could not read the file.',
    example: k3s("kubeconfigGroup: 'ops'"),
  }),
  'resolve/kubeconfig-readable': define({
    severity: 'warning',
    fact: () =>
      "with mode '0644' every user and service of the node can read the kubeconfig and become cluster-admin",
    hint: () => "remove kubeconfigMode (the default is '0600'), and read the file with sudo",
    meaning:
      'cluster-admin is root on every node. One compromised service on this node would be enough to take over all of them.',
    example: k3s("kubeconfigMode: '0644'"),
  }),
  'resolve/pod-range-too-small': define<{ range: string; nodes: number; each: number }>({
    severity: 'error',
    fact: ({ range, nodes, each }) =>
      `${range} is too small for ${nodes} nodes, each of which takes a /${each} of it`,
    hint: () => 'use a larger range (a smaller number after the /)',
    meaning: 'The last node would get no addresses for its pods, so it would run none.',
    example: {
      config: {
        nodes: two("address: '192.0.2.1'", "address: '192.0.2.2'"),
        k3s: "{ clusterCidr: '10.42.0.0/24' }",
      },
    },
  }),
  'resolve/pods-unencrypted': define<{ backend: string; nodes: readonly string[] }>({
    severity: 'warning',
    fact: ({ backend, nodes }) =>
      `traffic to ${list(nodes)} may cross the internet, but ${backend} does not encrypt it`,
    hint: () => "use flannelBackend: 'wireguard-native', or private addresses",
    meaning:
      'Anyone who sees the traffic between the nodes could read and change calls, including their bodies and passwords.',
    example: {
      config: {
        nodes: two("address: '192.0.2.1'", "address: '192.0.2.2'"),
        k3s: "{ flannelBackend: 'vxlan' }",
      },
    },
  }),
  'resolve/ranges-overlap': define<{ pods: string; services: string }>({
    severity: 'error',
    fact: ({ pods, services }) => `the range of pods (${pods}) overlaps the range of Services (${services})`,
    hint: () => 'choose two separate ranges',
    meaning: 'One address would belong to a pod and to a Service, so calls would go to the wrong one.',
    example: k3s("serviceCidr: '10.42.128.0/17'"),
  }),
  'resolve/resolver-inside': define<{ resolver: string; whose: string }>({
    severity: 'error',
    fact: ({ resolver, whose }) => `to a pod, the DNS server '${resolver}' is ${whose}`,
    hint: () =>
      'write the address of a DNS server outside the machine and the cluster, such as your provider has',
    meaning:
      "Pods ask the cluster's own DNS, which asks these servers. With its own address it would ask itself, without end.",
    example: k3s("resolvers: ['127.0.0.53']"),
  }),
  'resolve/search-without-resolvers': define({
    severity: 'error',
    fact: () =>
      'searchDomains needs resolvers: without them, pods use the DNS settings of each machine as they are',
    hint: () => "add resolvers: ['…'], the servers that know these domains, or remove searchDomains",
    meaning: 'The file with search domains names the servers too, and the kubelet reads only one such file.',
    example: k3s("searchDomains: ['internal.example.no']"),
  }),
  'resolve/service-range-too-large': define<{ range: string; largest: number }>({
    severity: 'error',
    fact: ({ range, largest }) =>
      `${range} is larger than a /${largest}, the largest range of Services that Kubernetes accepts`,
    hint: ({ largest }) => `write /${largest} or a higher number after the /`,
    meaning: 'The API server does not start with a larger range.',
    example: k3s("serviceCidr: '10.0.0.0/8', clusterCidr: '172.16.0.0/16'"),
  }),
  'resolve/snapshots-without-etcd': define({
    severity: 'error',
    fact: () => 'K3s takes no snapshots of SQLite, which a single server uses',
    hint: () => "add datastore: 'etcd', or remove snapshots",
    meaning: 'There would be no snapshot when you need one.',
    example: k3s("snapshots: { schedule: '0 3 * * *' }"),
  }),
  'resolve/sqlite-of-one': define<{ servers: number }>({
    severity: 'error',
    fact: ({ servers }) => `${servers} servers cannot share a SQLite database`,
    hint: () => "remove datastore: 'sqlite'",
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
  }),
  'resolve/address-not-static': define<{ address: string; range: string; last: string }>({
    severity: 'error',
    fact: ({ address, range }) =>
      `${address} is in the part of ${range} that Kubernetes assigns itself, so another Service may get it`,
    hint: ({ last }) => `choose an address up to ${last}, or remove it`,
    meaning:
      'nginx reaches the gateway at a fixed address. Kubernetes reserves only the first part of the Service range for those; addresses from the rest go to whichever Service comes first.',
    example: openfaas("address: '10.43.1.1'"),
  }),
  'resolve/address-outside-service-range': define<{ address: string; range: string; suggestion: string }>({
    severity: 'error',
    fact: ({ address, range }) => `${address} is not in the Service range ${range}`,
    hint: ({ suggestion }) => `choose an address of the range, such as '${suggestion}', or remove it`,
    meaning: 'A Service can have only an address of the Service range. Kubernetes refuses any other.',
    example: openfaas("address: '10.44.0.80'"),
  }),
  'resolve/address-taken': define<{ address: string; range: string; owner: string }>({
    severity: 'error',
    fact: ({ address, range, owner }) => `${address} in the Service range ${range} is used by ${owner}`,
    hint: () => 'choose another address of the range, or remove it',
    meaning: 'K3s itself uses this address.',
    example: openfaas("address: '10.43.0.10'"),
  }),
};

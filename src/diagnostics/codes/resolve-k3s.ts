import { define } from '../definition.ts';
import { alternatives } from '../wording.ts';

const list = (words: readonly string[]): string => words.join(', ');

export const k3sCodes = {
  'resolve/dns-is-gateway': define<{ address: string }>({
    severity: 'error',
    fact: ({ address }) => `${address} is already the address of OpenFaaS' gateway`,
    hint: () => 'choose another address of serviceCidr',
  }),
  'resolve/dns-not-in-range': define<{ address: string; range: string }>({
    severity: 'error',
    fact: ({ address, range }) => `${address} is not a usable address of serviceCidr (${range})`,
    hint: () => 'choose an address of the range from its third on, or remove clusterDns',
  }),
  'resolve/k3s-behind': define<{ version: string; newest: string }>({
    severity: 'warning',
    fact: ({ version, newest }) => `${version} lacks the security fixes of ${newest}`,
    hint: ({ newest }) => `write version: '${newest}'`,
  }),
  'resolve/k3s-minor-unknown': define<{ version: string; minors: readonly string[] }>({
    severity: 'error',
    fact: ({ version }) => `Fjord does not support the Kubernetes version of '${version}'`,
    hint: ({ minors }) => `choose a version of ${alternatives(minors)}, or use a newer Fjord`,
  }),
  'resolve/k3s-too-old': define<{ what: string; since: string; version: string }>({
    severity: 'error',
    fact: ({ what, since, version }) => `${what} needs K3s ${since} or newer, but the version is ${version}`,
    hint: ({ since }) => `write version: '${since}' or newer, or remove it`,
  }),
  'resolve/kubeconfig-group-unused': define<{ group: string; mode: string }>({
    severity: 'error',
    fact: ({ group, mode }) => `the group '${group}' has no effect with mode '${mode}'`,
    hint: () => "add kubeconfigMode: '0640'",
  }),
  'resolve/kubeconfig-readable': define({
    severity: 'warning',
    fact: () =>
      "with mode '0644' every user and service of the node can read the kubeconfig and become cluster-admin",
    hint: () => "remove kubeconfigMode (the default is '0600'), and read the file with sudo",
  }),
  'resolve/pod-range-too-small': define<{ range: string; nodes: number; each: number }>({
    severity: 'error',
    fact: ({ range, nodes, each }) =>
      `${range} is too small for ${nodes} nodes, each of which takes a /${each} of it`,
    hint: () => 'use a larger range (a smaller number after the /)',
  }),
  'resolve/pods-unencrypted': define<{ backend: string; nodes: readonly string[] }>({
    severity: 'warning',
    fact: ({ backend, nodes }) =>
      `traffic to ${list(nodes)} may cross the internet, but ${backend} does not encrypt it`,
    hint: () => "use flannelBackend: 'wireguard-native', or private addresses",
  }),
  'resolve/ranges-overlap': define<{ pods: string; services: string }>({
    severity: 'error',
    fact: ({ pods, services }) => `the range of pods (${pods}) overlaps the range of Services (${services})`,
    hint: () => 'choose two separate ranges',
  }),
  'resolve/service-range-too-large': define<{ range: string; largest: number }>({
    severity: 'error',
    fact: ({ range, largest }) =>
      `${range} is larger than a /${largest}, the largest range of Services that Kubernetes accepts`,
    hint: ({ largest }) => `write /${largest} or a higher number after the /`,
  }),
  'resolve/snapshots-without-etcd': define({
    severity: 'error',
    fact: () => 'K3s takes no snapshots of SQLite, which a single server uses',
    hint: () => "add datastore: 'etcd', or remove snapshots",
  }),
  'resolve/sqlite-of-one': define<{ servers: number }>({
    severity: 'error',
    fact: ({ servers }) => `${servers} servers cannot share a state in SQLite`,
    hint: () => "remove datastore: 'sqlite'",
  }),
  'resolve/sysctl-against-hardening': define<{ key: string; value: string; needed: string }>({
    severity: 'error',
    fact: ({ key, value, needed }) =>
      `with hardening 'cis' the kubelet starts only if ${key} is ${needed}, not ${value}`,
    hint: () => 'remove this line',
  }),
};

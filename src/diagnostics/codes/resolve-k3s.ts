import { define } from '../definition.ts';

const list = (words: readonly string[]): string => words.join(', ');

export const k3sCodes = {
  'resolve/dns-is-gateway': define<{ address: string }>({
    severity: 'error',
    fact: ({ address }) => `${address} is the gateway's address already`,
    hint: () => 'choose another address of serviceCidr',
  }),
  'resolve/dns-not-in-range': define<{ address: string; range: string }>({
    severity: 'error',
    fact: ({ address, range }) => `${address} is no free address of serviceCidr (${range})`,
    hint: () => 'choose another one from the third on, or leave it out',
  }),
  'resolve/k3s-behind': define<{ version: string; newest: string }>({
    severity: 'warning',
    fact: ({ version, newest }) => `${version} is older than ${newest}, which has its later security fixes`,
    hint: ({ newest }) => `write version: '${newest}'`,
  }),
  'resolve/k3s-minor-unknown': define<{ version: string; minors: readonly string[] }>({
    severity: 'error',
    fact: ({ version, minors }) =>
      `'${version}' is of no Kubernetes version that Fjord knows (${list(minors)})`,
    hint: () => 'choose one of those, or use a newer Fjord',
  }),
  'resolve/k3s-too-old': define<{ what: string; since: string; version: string }>({
    severity: 'error',
    fact: ({ what, since, version }) => `${what} is there since K3s ${since}, and ${version} would ignore it`,
    hint: ({ since }) => `use version: '${since}' or newer, or remove it`,
  }),
  'resolve/kubeconfig-group-unused': define<{ group: string; mode: string }>({
    severity: 'error',
    fact: ({ group, mode }) =>
      `with mode '${mode}' it makes no difference that the kubeconfig is group '${group}'s`,
    hint: () => "add kubeconfigMode: '0640'",
  }),
  'resolve/kubeconfig-readable': define({
    severity: 'warning',
    fact: () =>
      "with mode '0644' each user and each hacked service of the node can read the kubeconfig, and so become cluster-admin, which is root",
    hint: () => "leave it out ('0600') and read it with sudo",
  }),
  'resolve/pod-range-too-small': define<{ range: string; nodes: number; each: number }>({
    severity: 'error',
    fact: ({ range, nodes, each }) =>
      `each node takes a /${each} of ${range}, which is not enough for ${nodes}`,
    hint: () => 'use a larger range (a smaller number behind the /)',
  }),
  'resolve/pods-unencrypted': define<{ backend: string; nodes: readonly string[] }>({
    severity: 'warning',
    fact: ({ backend, nodes }) =>
      `with ${backend} pods talk in the clear between nodes, and ${list(nodes)} may be reached over the internet`,
    hint: () => "use flannelBackend: 'wireguard-native', or private addresses",
  }),
  'resolve/ranges-overlap': define<{ pods: string; services: string }>({
    severity: 'error',
    fact: ({ pods, services }) => `the ranges of pods (${pods}) and of Services (${services}) overlap`,
    hint: () => 'make them two separate ranges',
  }),
  'resolve/service-range-too-large': define<{ range: string; largest: number }>({
    severity: 'error',
    fact: ({ range, largest }) =>
      `Kubernetes takes no range of Services larger than /${largest}, and this is ${range}`,
    hint: ({ largest }) => `write /${largest} or a higher number behind the /`,
  }),
  'resolve/snapshots-without-etcd': define({
    severity: 'error',
    fact: () => 'a single server keeps its state in SQLite, of which K3s makes no snapshots',
    hint: () => "add datastore: 'etcd', or remove snapshots",
  }),
  'resolve/sqlite-of-one': define<{ servers: number }>({
    severity: 'error',
    fact: ({ servers }) => `${servers} servers cannot share a state that is kept in SQLite`,
    hint: () => "remove datastore: 'sqlite'",
  }),
  'resolve/sysctl-against-hardening': define<{ key: string; value: string; needed: string }>({
    severity: 'error',
    fact: ({ key, value, needed }) =>
      `with hardening 'cis' the kubelet does not start unless ${key} is ${needed}, and this makes it ${value}`,
    hint: () => 'remove the line',
  }),
};

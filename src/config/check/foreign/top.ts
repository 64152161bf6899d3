import { type ForeignKey, foreignRows } from './foreign-key.ts';

const sysctl = "write kernel: { sysctl: { '…': … } }";
const keys = "write it on each node: nodes: { '…': { ssh: { keys: ['…'] } } }";
const host = 'write gateway; nginx runs on the nodes themselves, outside of the cluster';

/** Keys at the top level that belong further down, or that only other tools have. */
export const foreignTopKeys: Readonly<Record<string, ForeignKey>> = {
  ...foreignRows('', 'check/foreign-key', {
    sysctl,
    sysctls: sysctl,
    provider:
      "write a machine's provider on its node, nodes: { '…': { provider: '…' } }; the block of that name in a stack.yaml is not needed",
    version:
      "remove the version of a stack.yaml; dist/stack.yaml has its own, and a release of K3s is k3s: { version: '…' }",
    nginx: 'write gateway; the conf of nginx follows from it and from functions',
    ssh: keys,
    sshKeys: keys,
    ssh_authorized_keys: keys,
    users: keys,
    firewall: 'write ports and sshNetworks on each node; every other port is closed',
    monitoring: "write alerts: { to: { … } }, and openfaas runs Prometheus for the functions' own figures",
    packages: 'remove it; each node installs the packages that it needs, and gateway.packages chooses nginx',
    traefik: 'remove it; here K3s runs without traefik, and nginx is in front',
    disable: 'remove it; traefik and servicelb are always off, but the other parts are needed',
    certManager: "remove it; nginx renews certificates itself: gateway: { tls: { issuer: 'letsencrypt' } }",
    tls: 'write gateway: { tls: { … } }',
    cdn: "write gateway: { trustedProxies: '…' } for a CDN in front",
    regions: "write sovereignty: { countries: ['NO'] }",
  }),
  ...foreignRows('', 'check/not-offered', {
    ingress: host,
    loadBalancer: host,
    dns: 'write the A and AAAA records where the domain is kept, with the addresses of the nodes that run nginx',
    databases:
      'run the database beside the platform, with backups of its own, and give functions its address',
    volumes: 'keep data in a database or a bucket; a copy may run on any node and be replaced at any time',
    swap: 'choose a larger memory; with swap, Secrets that pods hold in memory could be written to disk',
  }),
};

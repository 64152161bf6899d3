import { type ForeignKey, foreignRows } from './foreign-key.ts';

const machine =
  "write plan: '…', or memory and cpus; Fjord creates no machines, so order it from its provider yourself";
const graphics = 'remove it; functions get no graphics processors, so such work needs a machine of its own';

/** Keys of one node, as tools that create machines or log in to them call them. */
export const foreignNodeKeys: Readonly<Record<string, ForeignKey>> = {
  ...foreignRows('nodes.*', 'check/foreign-key', {
    image: "write os, such as 'debian-12' or 'ubuntu-24.04'",
    distro: "write os, such as 'debian-12' or 'ubuntu-24.04'",
    sshKeys: "write ssh: { keys: ['…'] }",
    sshKey: "write ssh: { keys: ['…'] }",
    ssh_keys: "write ssh: { keys: ['…'] }",
    ssh_authorized_keys: "write ssh: { keys: ['…'] }",
    user: "write ssh: { keys: ['…'], user: '…' }",
    ip: "write address: '…'",
    publicIp: "write address: '…'",
    privateIp:
      "write address: '…', the address that the other nodes reach, and interface if it has a card of its own",
    hostname: 'remove it; a node is named after its key in nodes',
    name: 'remove it; a node is named after its key in nodes',
    roles: "write role: 'server' or 'agent'",
    cores: 'write cpus',
    ram: "write memory: '8Gi'",
    firewall: 'write ports and sshNetworks; every other port is closed',
    openPorts: "write ports: [{ port: …, reason: '…' }]",
    httpProxy: "write proxy: { url: 'http://…:3128' }",
    httpsProxy: "write proxy: { url: 'http://…:3128' }",
    http_proxy: "write proxy: { url: 'http://…:3128' }",
    https_proxy: "write proxy: { url: 'http://…:3128' }",
    no_proxy: "write proxy: { url: 'http://…:3128', except: ['…'] }",
    noProxy: "write proxy: { url: 'http://…:3128', except: ['…'] }",
    volume: "write dataDisk: '/dev/disk/by-id/…'",
    storage: "write disk: '80Gi'",
  }),
  ...foreignRows('nodes.*', 'check/not-offered', {
    location: machine,
    region: machine,
    datacenter: machine,
    zone: machine,
    size: machine,
    type: machine,
    serverType: machine,
    instanceType: machine,
    count: 'write one entry for each node; each has its own name, address and user-data',
    gpu: graphics,
    gpus: graphics,
    swap: 'choose a larger memory; with swap, Secrets that pods hold in memory could be written to disk',
  }),
};

import type { ForeignKey, ForeignKeyCode } from './foreign-key.ts';

const machine =
  "write plan: '…', or memory and cpus; Fjord creates no machines, so order it from its provider yourself";
const graphics = 'remove it; functions get no graphics processors, so such work needs a machine of its own';

/** Keys of one node, as tools that create machines or log in to them call them. */
export const foreignNodeKeys: Readonly<Record<string, ForeignKey>> = {
  ...rows('check/foreign-key', {
    image: "write os: 'debian-12', 'debian-13' or 'ubuntu-24.04'",
    distro: "write os: 'debian-12', 'debian-13' or 'ubuntu-24.04'",
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
    storage: "write disk: '80Gi'",
  }),
  ...rows('check/not-offered', {
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

function rows(code: ForeignKeyCode, instead: Readonly<Record<string, string>>): Record<string, ForeignKey> {
  return Object.fromEntries(
    Object.entries(instead).map(([key, next]) => [`nodes.*.${key}`, { code, instead: next }]),
  );
}

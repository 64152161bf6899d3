import type { ForeignKey } from './foreign-key.ts';

const sysctl = "write kernel: { sysctl: { '…': … } }";

/** Keys at the top level that belong further down. A row's name is taken for a whole path. */
export const foreignTopKeys: Readonly<Record<string, ForeignKey>> = {
  sysctl: { code: 'check/foreign-key', instead: sysctl },
  sysctls: { code: 'check/foreign-key', instead: sysctl },
  provider: { code: 'check/foreign-key', instead: "write it on the node: nodes: { '…': { provider: '…' } }" },
  traefik: {
    code: 'check/foreign-key',
    instead: 'remove it; here K3s runs without traefik, and nginx is in front',
  },
  disable: {
    code: 'check/foreign-key',
    instead: 'remove it; traefik and servicelb are always off, but the other parts are needed',
  },
};

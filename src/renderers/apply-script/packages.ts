import type { Node } from '../../platform/nodes/node.ts';
import type { Platform } from '../../platform/platform.ts';
import { tlsPackages } from '../node-files/tls.ts';
import { nginxPackages } from './nginx-packages.ts';

const everywhere = ['apparmor', 'ca-certificates', 'curl', 'nftables', 'unattended-upgrades'];
const withNginx = ['logrotate', 'openssl'];

/** The OS's packages that a node needs, sorted. */
export function packagesFor(platform: Platform, { nginx }: Node): string[] {
  return [
    ...everywhere,
    ...(nginx ? [...withNginx, ...nginxPackages(platform), ...tlsPackages(platform)] : []),
  ].sort();
}

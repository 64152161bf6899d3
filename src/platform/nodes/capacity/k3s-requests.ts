import { type Room, roomOf } from './room.ts';

/** What K3s' own pods ask for, by its manifests: CoreDNS and metrics-server. local-path-provisioner asks for nothing. */
export const k3sRequests: readonly Room[] = [
  roomOf({ cpu: '100m', memory: '70Mi' }),
  roomOf({ cpu: '100m', memory: '70Mi' }),
];

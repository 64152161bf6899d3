import type { NginxPackages } from '../../config/gateway/gateway.ts';
import type { OperatingSystem } from '../../config/nodes/node.ts';
import { type NginxFeatures, nginxFeatures, nginxTarget } from '../../nginx/targets.ts';

/**
 * What every node's nginx can do: there is one conf for all nodes. Where they differ it is the older form, which newer
 * ones still take, with a warning for `listen … http2`.
 */
export function commonFeatures(systems: readonly OperatingSystem[], packages: NginxPackages): NginxFeatures {
  const all = systems.map((os) => nginxFeatures(nginxTarget(os, packages)));
  const every = (key: Exclude<keyof NginxFeatures, 'http2'>) => all.every((features) => features[key]);
  return {
    http2: all.every(({ http2 }) => http2 === 'directive') ? 'directive' : 'listen',
    quic: every('quic'),
    keepsUpstreamConnections: every('keepsUpstreamConnections'),
    protocolsPerServer: every('protocolsPerServer'),
    rotatesTicketKeys: every('rotatesTicketKeys'),
    postQuantumCurves: every('postQuantumCurves'),
    maxHeaders: every('maxHeaders'),
    mergesHeaders: every('mergesHeaders'),
  };
}

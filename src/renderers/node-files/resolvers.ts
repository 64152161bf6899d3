import type { NodeFile } from '../../artifacts/artifact.ts';
import { places } from '../../platform/nodes/places.ts';
import type { Platform } from '../../platform/platform.ts';
import { template } from '../template.ts';

const conf = template('node-files/templates/resolv.conf.hbs');

/** The DNS servers that the config names. None where the machine's own are used. */
export function resolverFiles({ k3s: { resolvers, searchDomains } }: Platform, marker: string): NodeFile[] {
  if (resolvers === undefined) return [];
  const text = conf({
    marker,
    resolvers: resolvers.map((resolver) => ({ resolver })),
    searchDomains: searchDomains.join(' '),
  });
  return [{ path: places.resolvConf, kind: 'text', permissions: '0644', text }];
}

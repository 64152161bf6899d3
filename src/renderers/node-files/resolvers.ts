import type { NodeFile } from '../../artifacts/artifact.ts';
import type { Platform } from '../../platform/platform.ts';
import { template } from '../template.ts';

const conf = template('node-files/templates/resolv.conf.hbs');

/**
 * The one place that names pods' DNS servers: a file if the config names them, otherwise a link that `apply.sh` makes to
 * the machine's own. Without a place K3s looks for one itself, and takes 8.8.8.8 if it finds none that it likes.
 */
export const resolvConf = '/etc/fjord/resolv.conf';

/** The DNS servers that the config names. None where the machine's own are used. */
export function resolverFiles({ k3s: { resolvers } }: Platform, marker: string): NodeFile[] {
  if (resolvers === undefined) return [];
  const text = conf({ marker, resolvers: resolvers.map((resolver) => ({ resolver })) });
  return [{ path: resolvConf, kind: 'text', permissions: '0644', text }];
}

import type { Node } from '../nodes/node.ts';
import type { Platform } from '../platform.ts';

/** Whether the authority looks for proofs on port 80. */
function challengedOverHttp({ gateway }: Pick<Platform, 'gateway'>): boolean {
  const { certificate } = gateway.tls;
  return certificate.kind === 'acme' && certificate.dns === undefined;
}

/** The nodes that each ask for certificates over port 80. A challenge for one of them can come to any other. */
export function challengedNodes(platform: Pick<Platform, 'gateway' | 'nodes'>): readonly Node[] {
  return challengedOverHttp(platform) ? platform.nodes.filter(({ nginx }) => nginx) : [];
}

/** Where nodes ask each other for a challenge that they do not know themselves. Empty when there is nobody to ask. */
export function challengeAddresses(platform: Pick<Platform, 'gateway' | 'nodes'>): readonly string[] {
  const nodes = challengedNodes(platform);
  if (nodes.length < 2) return [];
  return nodes.flatMap(({ address }) => address ?? []);
}

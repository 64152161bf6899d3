import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { Node } from '../nodes/node.ts';
import type { Platform } from '../platform.ts';
import { sortedEntries } from '../sorted-entries.ts';

/** Whether the authority looks for proofs on port 80. */
function challengedOverHttp({ gateway }: Pick<Platform, 'gateway'>): boolean {
  const { certificate } = gateway.tls;
  return certificate.kind === 'acme' && certificate.dns === undefined;
}

/** The nodes that each ask for certificates over port 80. A challenge for one of them can come to any other. */
export function challengedNodes(platform: Pick<Platform, 'gateway' | 'nodes'>): readonly Node[] {
  return challengedOverHttp(platform) ? platform.nodes.filter(({ nginx }) => nginx) : [];
}

/** The addresses at which nodes ask each other for challenges that they do not know. Empty if there are no others. */
export function challengeAddresses(platform: Pick<Platform, 'gateway' | 'nodes'>): readonly string[] {
  const nodes = challengedNodes(platform);
  if (nodes.length < 2) return [];
  return nodes.flatMap((node) => reachedAt(node) ?? []);
}

/** The other nodes may be in another network. */
function reachedAt({ address, externalAddress }: Node): string | undefined {
  return externalAddress ?? address;
}

/** Reports nodes with nginx that would not get their certificate. */
export function diagnoseChallenges(platform: Platform, config: PlatformConfig): Diagnostic[] {
  return [...challengesElsewhere(platform), ...certificatesPerWeek(platform), ...wildcards(platform, config)];
}

/** A challenge comes to whichever node the DNS gives the authority, which passes it on to those that it can reach. */
function challengesElsewhere(platform: Platform): Diagnostic[] {
  const nodes = challengedNodes(platform);
  const unknown = nodes.filter((node) => reachedAt(node) === undefined);
  if (nodes.length < 2 || unknown.length === 0) return [];
  return [report('resolve/challenge-elsewhere', ['gateway', 'tls'], { nodes: names(unknown) })];
}

/**
 * "New Certificates per Exact Set of Identifiers": 5 in 7 days, one more every 34 hours; letsencrypt.org/docs/rate-limits.
 * Certificates by DNS count as well.
 */
const certificatesOfSameNames = 5;

function certificatesPerWeek({ gateway, nodes }: Platform): Diagnostic[] {
  const { certificate } = gateway.tls;
  const asking = nodes.filter(({ nginx }) => nginx).length;
  const letsEncrypt = certificate.kind === 'acme' && certificate.directory === undefined;
  if (!letsEncrypt || asking <= certificatesOfSameNames) return [];
  const params = { asking, limit: certificatesOfSameNames };
  return [report('resolve/certificates-per-week', ['gateway', 'tls'], params)];
}

/** Wildcards, which are only proved by DNS: letsencrypt.org/docs/challenge-types. */
function wildcards(platform: Platform, { functions }: PlatformConfig): Diagnostic[] {
  if (!challengedOverHttp(platform)) return [];
  return sortedEntries(functions).flatMap(([name, { http }]) =>
    [...(http?.domains ?? []).entries()]
      .filter(([, domain]) => domain.startsWith('*.'))
      .map(([index, domain]) =>
        report('resolve/wildcard-over-http', ['functions', name, 'http', 'domains', index], { domain }),
      ),
  );
}

function names(nodes: readonly Node[]): string[] {
  return nodes.map(({ name }) => name);
}

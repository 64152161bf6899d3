import { randomBytes } from 'node:crypto';
import type { Artifact } from '../artifacts/artifact.ts';
import { joinTokens } from '../platform/nodes/join-tokens.ts';
import { ownFilesOf } from '../platform/nodes/own-files.ts';
import type { Platform } from '../platform/platform.ts';

/** A compiled platform that can be rehearsed. */
export interface Prepared {
  readonly platform: Platform;
  /** By path. */
  readonly texts: ReadonlyMap<string, string>;
  /** How its config differs from the user's, one line each. */
  readonly changes: readonly string[];
}

export function prepared(
  platform: Platform,
  artifacts: readonly Artifact[],
  changes: readonly string[],
): Prepared {
  return { platform, texts: new Map(artifacts.map(({ path, text }) => [path, text])), changes };
}

/** Join tokens of one rehearsal. */
export function makeTokens(): ReadonlyMap<string, string> {
  return new Map(
    Object.values(joinTokens).map(({ placeholder }) => [placeholder, randomBytes(24).toString('hex')]),
  );
}

/** A node's user-data, with its tokens. */
export function userDataOf(node: string, { texts }: Prepared, tokens: ReadonlyMap<string, string>): string {
  let text = texts.get(`cloud-init/${node}.yaml`) ?? '';
  for (const [placeholder, token] of tokens) text = text.replaceAll(placeholder, token);
  return text;
}

export function scriptsOf({ platform, texts }: Prepared): ReadonlyMap<string, string> {
  return new Map(platform.nodes.map(({ name }) => [name, texts.get(`nodes/${name}/apply.sh`) ?? '']));
}

/** Secrets that people make, by namespace and name. */
export function secretsOf({ texts }: Prepared): { namespace: string; name: string }[] {
  const lock: {
    secrets: { namespace: string; name: string; madeBy: string }[];
  } = JSON.parse(texts.get('platform.lock.json') ?? '{"secrets":[]}');
  return lock.secrets.filter(({ madeBy }) => madeBy === 'operator');
}

/** Stand-ins of the files that only a node has, by path. */
export type OwnFilesOf = (node: string, prepared: Prepared) => ReadonlyMap<string, string>;

/**
 * Stand-ins of the files that only a node has.
 *
 * @param pair a certificate and its key
 */
export function ownFilesFor(
  node: string,
  { platform }: Prepared,
  pair: { readonly certificate: string; readonly key: string },
): ReadonlyMap<string, string> {
  const { certificate } = platform.gateway.tls;
  const one = platform.nodes.find(({ name }) => name === node);
  if (one === undefined) return new Map();
  return new Map(
    ownFilesOf(platform, one).map(({ path, permissions }) => {
      if (certificate.kind === 'files' && path === certificate.key) return [path, pair.key];
      // Files that others may read are certificates.
      if (permissions === '0644') return [path, pair.certificate];
      return [path, `rehearsal:${randomBytes(16).toString('hex')}\n`];
    }),
  );
}

import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { compileConfig } from '../../../../src/compile.ts';
import type { OperatingSystem } from '../../../../src/config/nodes/node.ts';
import { parseConf } from '../../../../src/nginx/parse.ts';
import type { Dist } from '../../../../src/verify/dist.ts';
import { readDist } from '../../../../src/verify/read/dist.ts';
import { rules } from '../../../../src/verify/rules/index.ts';
import { cases } from '../../../cases/index.ts';

const room = new URL('../../../../src/verify/rules/nginx/', import.meta.url);
const files = readdirSync(room, { recursive: true, encoding: 'utf8' }).map((file) => basename(file, '.ts'));

/** The rules of nginx's confs. */
const nginxRules = rules.filter(({ name }) => files.includes(name));

const { artifacts } = compileConfig(cases.reference, 'platform.config.ts');
const [reference] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));

export interface Read {
  readonly path?: 'nginx/openfaas.conf' | 'nginx/nginx.conf';
  /** The nodes that have nginx. */
  readonly systems?: readonly OperatingSystem[];
  /** `false` as the lock file has it for nodes without IPv6. */
  readonly ipv6?: false;
  /** As the lock file has it behind a load balancer that ends TLS. */
  readonly tlsEndedBy?: 'load-balancer';
  readonly reachableFrom?: readonly string[];
  readonly packages?: 'distribution' | 'nginx.org-stable';
}

/** A platform with one conf. */
export function distWith(
  text: string,
  { path = 'nginx/openfaas.conf', systems = ['debian-12'], packages = 'distribution', ...gateway }: Read = {},
): Dist {
  const parsed = parseConf(text);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  if (reference === undefined) throw new Error('the reference platform cannot be read back');
  const { lock } = reference;
  return {
    ...reference,
    nginx: [{ path, statements: parsed.statements }],
    lock: {
      ...lock,
      nodes: systems.flatMap((os) => lock.nodes.slice(0, 1).map((node) => ({ ...node, os, nginx: true }))),
      gateway: { ...lock.gateway, ...gateway, packages: { source: packages } },
    },
  };
}

/** What the rules of nginx find in a conf: `verify/code: message`, with its line. */
export function found(text: string, read?: Read): string[] {
  const dist = distWith(text, read);
  return nginxRules
    .flatMap(({ check }) => check(dist))
    .map(({ code, message, artifact }) => `${code}: ${message} (${artifact?.line})`);
}

/** The codes that a change of a conf brings. */
export function brought(before: string, after: string, read?: Read): string[] {
  const plain = (findings: readonly string[]) => findings.map((one) => one.replace(/ \(\S+\)$/, ''));
  const known = plain(found(before, read));
  return plain(found(after, read))
    .filter((one) => !known.includes(one))
    .map((one) => one.split(':', 1).join());
}

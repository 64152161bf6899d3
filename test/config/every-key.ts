import { createRequire } from 'node:module';
import { branchesOf, type SchemaNode } from '../../src/config/check/schema-node.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import type { ConfigPath } from '../../src/diagnostics/diagnostic.ts';
import { valueAt } from '../../src/explain/config-values.ts';
import { cases } from '../cases/index.ts';
import { smallest } from '../cases/smallest.ts';

/** The schema of a config, as it is shipped. */
export const platformSchema: SchemaNode = createRequire(import.meta.url)(
  '../../schemas/platform.schema.json',
);

/** A key that a config can have: `functions.*.http.rateLimit.burst`, where `*` is a name that users choose. */
export interface ConfigKey {
  readonly name: string;
  readonly path: ConfigPath;
  readonly node: SchemaNode;
}

/** Every key of the schema, in its order. Names that users choose and items of lists are no keys. */
export const everyKey: readonly ConfigKey[] = keysOf(platformSchema, []);

function keysOf(node: SchemaNode, path: ConfigPath): ConfigKey[] {
  const found = new Map<string, ConfigKey>();
  for (const { properties = {}, additionalProperties, items } of branchesOf(node, platformSchema)) {
    for (const [key, below] of Object.entries(properties)) {
      const own = { name: [...path, key].join('.'), path: [...path, key], node: below };
      for (const each of [own, ...keysOf(below, own.path)])
        if (!found.has(each.name)) found.set(each.name, each);
    }
    const inner = typeof additionalProperties === 'object' ? additionalProperties : items;
    if (inner !== undefined) for (const each of keysOf(inner, [...path, '*'])) found.set(each.name, each);
  }
  return [...found.values()];
}

/** Where a config has such a group of keys, whether the last key is written there or not. */
function placesOf(config: unknown, path: ConfigPath): ConfigPath[] {
  const [part, ...rest] = path;
  if (part === undefined) return [[]];
  if (typeof config !== 'object' || config === null) return [];
  if (part !== '*' && rest.length === 0) return Array.isArray(config) ? [] : [[part]];
  const parts = part === '*' ? (Array.isArray(config) ? [...config.keys()] : Object.keys(config)) : [part];
  return parts.flatMap((name) =>
    placesOf(valueAt(config, [name]), rest).map((place): ConfigPath => [name, ...place]),
  );
}

/** A config without the value at a path. */
export function without(value: unknown, path: ConfigPath): unknown {
  const [part, ...rest] = path;
  if (part === undefined || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return rest.length === 0
      ? value.filter((_, index) => index !== part)
      : value.map((item, index) => (index === part ? without(item, rest) : item));
  }
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    if (key !== part) return [[key, inner]];
    return rest.length === 0 ? [] : [[key, without(inner, rest)]];
  });
  return Object.fromEntries(entries);
}

/** What no case has, or none without other keys in its way. */
const more: readonly PlatformConfig[] = [
  {
    ...smallest,
    nodes: {
      'oslo-1': {
        ssh: {
          keys: ['A', 'B'].map((letter) => `ssh-ed25519 ${letter.repeat(68)} ops@example.no`),
          user: 'ops',
        },
      },
    },
    k3s: {
      binarySha256: { amd64: 'a'.repeat(64) },
      registries: { mirrors: { 'docker.io': { endpoints: ['https://mirror.example.no'] } } },
    },
    functions: { pay: { image: 'ghcr.io/acme/pay:latest' } },
    logs: { nginx: '2g' },
    diagnostics: { 'resolve/image-latest': { severity: 'off', reason: 'this platform is for trying' } },
  },
  {
    ...smallest,
    backups: {
      recipients: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'],
      to: {
        ssh: {
          host: 'backups.example.no',
          user: 'fjord',
          path: '/srv/backups',
          hostKey: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${'Cd'.repeat(21)}E`,
          provider: 'aws',
        },
        s3: { endpoint: 'https://s3.example.no', region: 'oslo-1', bucket: 'backups', provider: 'aws' },
      },
    },
    sovereignty: { countries: ['NO'] },
  },
];

/** A config, and where in it the key is, or could be. */
export interface Setting {
  readonly config: unknown;
  readonly place: ConfigPath;
}

/** Every case that has the group of a key, and the key's place in it. */
export function settingsOf(path: ConfigPath): Setting[] {
  return [...Object.values(cases), ...more].flatMap((config) =>
    placesOf(config, path).map((place) => ({ config, place })),
  );
}

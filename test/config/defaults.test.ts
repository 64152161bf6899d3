import { describe, expect, it } from 'vitest';
import { check } from '../../src/config/check/check.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { withValue } from '../../src/explain/config-values.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { resolve } from '../../src/platform/resolve.ts';
import { type ConfigKey, everyKey, settingsOf, without } from './every-key.ts';

/** What a `@default` in words is derived from; every other one is a value, and held against what is resolved. */
const derived = [
  'name',
  'nodes.*.first',
  'nodes.*.interface',
  'nodes.*.nginx',
  'nodes.*.memory',
  'nodes.*.cpus',
  'nodes.*.price',
  'k3s.clusterDns',
  'k3s.flannelBackend',
  'k3s.datastore',
  'openfaas.install',
  'openfaas.address',
  'openfaas.async',
  'functions.*.replicas.max',
  'functions.*.maxBody',
  'functions.*.direct.address',
  'functions.*.gracePeriod',
  'functions.*.spread',
  'functions.*.traffic.memory',
  'functions.*.traffic.memoryUsed',
  'gateway.connectionLimit',
  'gateway.connections',
  'gateway.requests',
  'logs.nginx',
  'maintenance.length',
  'cost.currency',
];

/** Defaults of K3s' own: Fjord writes nothing, and K3s does this. */
const ofK3s = ['k3s.snapshots.schedule', 'k3s.snapshots.retention', 'k3s.kubeconfigName'];

const withDefault = everyKey.filter(({ node }) => node.default !== undefined);

function resolved(value: unknown): Platform | undefined {
  return hasErrors(check(value)) ? undefined : resolve(value as PlatformConfig)[0];
}

/** Platforms of the cases with the key left out, each beside the one with its default written out. */
function pairs({ path, node }: ConfigKey): [absent: Platform, written: Platform][] {
  return settingsOf(path).flatMap(({ config, place }): [Platform, Platform][] => {
    const absent = resolved(without(config, place));
    const written = resolved(withValue(config, place, node.default));
    return absent === undefined || written === undefined ? [] : [[absent, written]];
  });
}

describe('a key that is left out has its @default', () => {
  const values = withDefault.filter(({ name }) => !derived.includes(name) && !ofK3s.includes(name));

  it.each(values.map((key) => [key.name, key] as const))('%s', (_, key) => {
    const found = pairs(key);
    expect(found).not.toEqual([]);
    for (const [absent, written] of found) expect(written).toEqual(absent);
  });
});

it('a @default in words is of a key whose value is derived', () => {
  const inWords = withDefault.filter((key) =>
    settingsOf(key.path).every(({ config, place }) =>
      hasErrors(check(withValue(config, place, key.node.default))),
    ),
  );
  expect(inWords.map(({ name }) => name)).toEqual(derived);
});

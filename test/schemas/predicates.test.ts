import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it, vi } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import type { SchemaNode } from '../../src/config/check/schema-node.ts';
import { kubernetesMinors } from '../../src/kubernetes/minors.ts';
import { kubernetesFormats } from '../../src/kubernetes/syntax.ts';
import { predicateOf } from '../../src/schemas/predicates.ts';
import { readYaml } from '../../src/verify/read/yaml.ts';
import { cases } from '../cases/index.ts';

/** Every value that compiles hold against a schema of ours, by the schema's name. */
const samples = vi.hoisted(() => new Map<string, unknown[]>());
vi.mock('../../src/verify/read/own-schema.ts', async (original) => {
  const actual = await original<typeof import('../../src/verify/read/own-schema.ts')>();
  return {
    ...actual,
    checkOwnSchema: (name: (typeof actual.ownSchemas)[number], value: unknown) => {
      samples.set(name, [...(samples.get(name) ?? []), value]);
      return actual.checkOwnSchema(name, value);
    },
  };
});

const compiled = Object.values(cases).map((config) => compileConfig(config, 'platform.config.ts'));
const objects = compiled.flatMap(({ artifacts }) => objectsIn(artifacts));

describe('what is compiled ahead', () => {
  it('is current', () => {
    execFileSync('npx', ['tsx', 'scripts/schema-predicates.ts', '--check']);
  });

  it.each([...samples.keys()].sort())('comes to the same verdict as the schema %s', (name) => {
    const schema = readSchema(`schemas/${name}.schema.json`);
    const validate = new Ajv({ strict: false, validateSchema: false }).compile(schema);
    expectSameVerdicts(samples.get(name) ?? [], validate, (value) => predicateOf(name)?.(value));
  });

  it('comes to the same verdict as the schema of a config', () => {
    const validate = new Ajv({ strict: false, validateSchema: false }).compile(
      readSchema('schemas/platform.schema.json'),
    );
    expectSameVerdicts(Object.values(cases), validate, (value) => predicateOf('platform')?.(value));
  });

  it.each(kubernetesMinors)('comes to the same verdict as the schemas of Kubernetes %s', (minor) => {
    const { kinds, definitions } = readSchema(`schemas/kubernetes/${minor}.json`) as {
      kinds: Record<string, string>;
      definitions: object;
    };
    for (const [kind, $ref] of Object.entries(kinds)) {
      const some = objects.filter(({ apiVersion, kind: own }) => `${apiVersion}/${own}` === kind).slice(0, 4);
      if (some.length === 0) continue;
      const ajv = new Ajv({ strict: false, validateSchema: false, formats: kubernetesFormats });
      const validate = ajv.compile({ $ref, definitions });
      expectSameVerdicts(some, validate, (value) => predicateOf('kubernetes', `v${minor}/${kind}`)?.(value));
    }
  });
});

function readSchema(path: string): SchemaNode {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function expectSameVerdicts(
  values: readonly unknown[],
  validate: (value: unknown) => unknown,
  fits: (value: unknown) => unknown,
): void {
  let refused = 0;
  for (const value of values.slice(0, 12)) {
    for (const changed of [value, ...spoilt(value)]) {
      const verdict = validate(changed);
      if (verdict === false) refused += 1;
      if (fits(changed) !== verdict)
        expect.fail(`${fits(changed)}: ${JSON.stringify(changed).slice(0, 500)}`);
    }
  }
  expect(refused).toBeGreaterThan(0);
}

/** The value with one mistake: at each of up to a hundred places something is missing, too much, or of another type. */
function* spoilt(value: unknown): Generator<unknown> {
  const places = placesIn(value);
  const step = Math.max(1, Math.floor(places.length / 100));
  for (let index = 0; index < places.length; index += step) {
    const place = places[index] ?? [];
    for (const other of [undefined, null, 5, 'x', '', -1, {}, [], true, { unknown: 1 }]) {
      yield withChange(value, place, other);
    }
  }
}

function placesIn(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...at, key], ...placesIn(inner, [...at, key])]);
}

/** @param other undefined removes what is there */
function withChange(value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  const inner = withChange(Reflect.get(copy, key), rest, other);
  if (inner === undefined && rest.length === 0) Reflect.deleteProperty(copy, key);
  else Reflect.set(copy, key, inner);
  return copy;
}

function objectsIn(artifacts: readonly { readonly kind: string; readonly text: string }[]) {
  return artifacts
    .filter(({ kind }) => kind === 'manifest')
    .flatMap(({ text }) => readYaml(text).documents as { apiVersion: string; kind: string }[]);
}

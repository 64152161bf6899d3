import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import { check } from '../../src/config/check/check.ts';
import { resolveRef } from '../../src/config/check/schema-node.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { isDirective, type Statement } from '../../src/nginx/directive.ts';
import { readDist } from '../../src/verify/read/dist.ts';
import { everyOption } from '../cases/every-option.ts';
import { places, platformSchema, replaced, type SchemaPath } from './arbitrary-config.ts';

const hostile: readonly string[] = [
  `'`,
  `"`,
  `'"\`$(id)\${IFS}`,
  '$host',
  '`id`',
  'a; rm -rf /',
  '} server { listen 1; }',
  '{{x}}',
  '{{{x}}}',
  'a\nb',
  'a\nEND\nput 0644 /etc/passwd <<END\nx',
  '\r\nX-Injected: 1',
  '../../etc/passwd',
  '/etc/../root',
  'æøå 漢字 \u202e',
  '\0',
  'on',
  '0644',
  '1_000',
  '12:30:45',
  '~',
  '---',
  '# x',
  '- x',
  '&a *a',
  '!!python/object x',
  '[]',
  '%0a',
  'x'.repeat(5000),
];

/** The places of the schema where a text may stand, the name of the first entry standing for `*`. */
const fields = places.flatMap(([path, schema]) => {
  const { type, pattern, enum: words } = resolveRef(schema, platformSchema);
  return type === 'string' ? [{ path, free: pattern === undefined && words === undefined }] : [];
});

function named(path: SchemaPath): string[] {
  let value: unknown = everyOption;
  return path.map((key) => {
    const record = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
    const name = key === '*' ? (Object.keys(record)[0] ?? 'NAME') : key;
    value = record[name];
    return name;
  });
}

/** Whether a diagnostic is about a place: it is there, above it or below it. */
function names({ path, severity }: Diagnostic, place: readonly string[]): boolean {
  const shorter = Math.min(path.length, place.length);
  return (
    severity === 'error' &&
    shorter > 0 &&
    path.slice(0, shorter).every((key, index) => String(key) === place[index])
  );
}

/** Every text that a program reads out of the artifacts, as its own parser gives it. */
function arrived(value: unknown): Set<string> {
  const { artifacts } = compileConfig(value, 'platform.config.ts');
  const [dist] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));
  const found = new Set<string>();
  const collect = (part: unknown): void => {
    // Kubernetes takes one of two $ away.
    if (typeof part === 'string') found.add(part).add(part.replaceAll('$$', () => '$'));
    else if (typeof part === 'object' && part !== null) {
      for (const [key, inner] of Object.entries(part)) {
        found.add(key);
        collect(inner);
      }
    }
  };
  for (const { body } of dist?.objects ?? []) collect(body);
  // `fjord flows` shows what the lock file has of it.
  collect(dist?.lock.sovereignty);
  for (const { k3sConfig, nginx } of dist?.nodes ?? []) {
    collect(k3sConfig);
    for (const { statements } of nginx) collect(argumentsIn(statements));
  }
  for (const { files } of dist?.nodes ?? []) for (const { text } of files.values()) found.add(text);
  return found;
}

function argumentsIn(statements: readonly Statement[]): unknown {
  return statements.filter(isDirective).map(({ args, block = [] }) => [args, argumentsIn(block)]);
}

describe('a hostile text in any field', () => {
  it('of which there are many', () => expect(fields.length).toBeGreaterThan(60));

  it.each(fields.map(({ path, free }) => [path.join('.'), path, free] as const))(
    '%s arrives as it is, or is refused by name',
    { timeout: 300_000 },
    (_, path, free) => {
      const place = named(path);
      // What a pattern lets through is harmless; one of them shows that it arrives.
      let left = free ? hostile.length : 1;
      for (const text of hostile) {
        const value = replaced(everyOption, path, text);
        if (check(value).some((one) => names(one, place))) continue;
        if (left === 0) break;
        left -= 1;
        const { diagnostics } = compileConfig(value, 'platform.config.ts');
        const errors = diagnostics.filter(({ severity }) => severity === 'error');
        if (errors.length > 0) {
          expect(
            errors.filter((one) => names(one, place)),
            `${JSON.stringify(text)} at ${place.join('.')}: ${errors[0]?.code} ${errors[0]?.message}`,
          ).not.toEqual([]);
          continue;
        }
        const texts = [...arrived(value)];
        expect(
          texts.some((one) => one === text || (text.length > 2 && one.includes(text))),
          `${JSON.stringify(text)} at ${place.join('.')}`,
        ).toBe(true);
      }
    },
  );
});

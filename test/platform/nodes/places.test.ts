import { readdirSync, readFileSync } from 'node:fs';
import { parse } from '@babel/parser';
import { isRegExpLiteral, isStringLiteral, isTemplateElement, traverseFast } from '@babel/types';
import { describe, expect, it } from 'vitest';
import { places } from '../../../src/platform/nodes/places.ts';
import { nodePlaces } from '../../../src/verify/read/node-places.ts';

const source = new URL('../../../src/', import.meta.url);
/** Definitions of codes have examples, which show paths as people read them. */
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  // A rehearsal looks at a node from outside, as a person does.
  .filter((file) => file.endsWith('.ts') && !file.endsWith('diagnostics.ts') && !file.startsWith('rehearse/'))
  .sort();

describe('a place on a node', () => {
  it('is written in one file', () => {
    const writers = new Map<string, Set<string>>();
    for (const file of files) {
      for (const path of pathsIn(readFileSync(new URL(file, source), 'utf8'))) {
        writers.set(path, (writers.get(path) ?? new Set()).add(file));
      }
    }
    expect([...(writers.get(places.firewall) ?? [])]).toEqual(['platform/nodes/places.ts']);
    expect([...writers].filter(([, { size }]) => size > 1)).toEqual([]);
  });

  it('is found in each form of a literal', () => {
    const texts = [
      "f('/etc/a.conf')",
      'f(`#/etc/a.conf`)',
      'f(/^put \\/etc\\/a\\.conf$/)',
      "f('/etc/a\\\\.conf')",
    ];
    expect(texts.map(pathsIn)).toEqual(texts.map(() => ['/etc/a.conf']));
    expect(pathsIn('/** In `/etc/a.conf`. */')).toEqual([]);
  });

  it('is one that `verify` knows', () => {
    expect(nodePlaces.map(({ path }) => path).sort()).toEqual(Object.values(places).sort());
  });
});

/** Absolute paths on a node in the literals of a text, however a pattern escapes them, without a slash at the end. */
function pathsIn(text: string): string[] {
  const literals: string[] = [];
  traverseFast(parse(text, { sourceType: 'module', plugins: ['typescript'] }), (node) => {
    if (isStringLiteral(node)) literals.push(node.value);
    if (isTemplateElement(node)) literals.push(node.value.cooked ?? node.value.raw);
    if (isRegExpLiteral(node)) literals.push(node.pattern);
  });
  return literals
    .flatMap(
      (literal) =>
        literal.replaceAll('\\', '').match(/\/(?:etc|usr\/local|var\/(?:lib|log|www)|run)\/[\w./*-]*/g) ?? [],
    )
    .map((path) => path.replace(/\/$/, ''));
}

import { readdirSync, readFileSync } from 'node:fs';
import { parse } from '@babel/parser';
import {
  isIdentifier,
  isObjectProperty,
  isStringLiteral,
  isTemplateLiteral,
  type Node,
  traverseFast,
} from '@babel/types';
import { describe, expect, it } from 'vitest';
import { foreignKeys } from '../../src/config/check/foreign/foreign-keys.ts';
import { foreignTopKeys } from '../../src/config/check/foreign/top.ts';
import type { SchemaNode } from '../../src/config/check/schema-node.ts';
import { codes } from '../../src/diagnostics/codes.ts';
import { platformSchema } from '../config/every-key.ts';
import { factProblems, habitsIn, hintProblems } from './plain-words.ts';

const root = new URL('../../', import.meta.url);
const source = new URL('src/', root);
/** Where codes are defined: beside what reports them. */
const definitions = filesOf('.').filter((file) => /diagnostics\.ts$/.test(file));

describe('every alternative of a fact', () => {
  const facts = definitions.flatMap((file) => parts(program(file), 'fact').flatMap(textsIn));

  it('is found', () => expect(facts.length).toBeGreaterThan(definitions.length));

  it('has at most 25 words, whatever its values are', () =>
    expect(facts.flatMap(factProblems).filter((problem) => / words$| full stop$/.test(problem))).toEqual([]));
});

describe('plain words are used by', () => {
  const plain = [
    'artifacts',
    'cli',
    'config',
    'constructs',
    'diagnostics',
    'explain',
    'nginx',
    'platform',
    'renderers',
    'rollout',
    'units',
  ];
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    'ARCHITECTURE.md',
    ...['functions', 'gateway', 'gateway-benchmark', 'locating', 'mutation', 'nodes', 'openfaas'].map(
      (name) => `docs/${name}.md`,
    ),
  ];
  const printed = [
    ...definitions,
    ...filesOf('config').filter((file) => /\/(foreign\/|explain-violation|expectation)/.test(file)),
    ...filesOf('cli'),
    ...filesOf('explain'),
    ...filesOf('rollout'),
  ];

  it('every docstring of the config, which editors and `fjord explain` show', () => {
    const { properties = {}, definitions = {} } = platformSchema;
    const all = [{ properties }, ...Object.values(definitions)].flatMap((node: SchemaNode) => [
      node,
      ...Object.values(node.properties ?? {}),
    ]);
    const docstrings = all.flatMap(({ description }) => description ?? []);
    expect(docstrings.length).toBeGreaterThan(150);
    expect(docstrings.flatMap(habitsIn)).toEqual([]);
  });

  it.each(plain)('every comment in %s/', (folder) => {
    const comments = filesOf(folder).flatMap((file) =>
      commentsIn(readFileSync(new URL(file, source), 'utf8')),
    );
    expect(comments.length).toBeGreaterThan(10);
    expect(comments.flatMap(habitsIn)).toEqual([]);
  });

  it.each(plain.filter((folder) => !['config', 'platform'].includes(folder)))(
    'every docstring in %s/, which begins with a verb or a noun and not with "What" or "Whether"',
    (folder) => {
      const comments = filesOf(folder).flatMap((file) =>
        commentsIn(readFileSync(new URL(file, source), 'utf8')),
      );
      expect(comments.filter((comment) => nounClause.test(comment))).toEqual([]);
    },
  );

  it('every comment in templates and every line of text that scripts print', () => {
    const templates = filesOf('renderers', '.hbs');
    expect(templates.length).toBeGreaterThan(20);
    const texts = templates.flatMap((file) => textsOfTemplate(readFileSync(new URL(file, source), 'utf8')));
    expect(texts.length).toBeGreaterThan(60);
    expect(texts.flatMap(habitsIn)).toEqual([]);
  });

  it.each(pages)('%s', (page) => {
    const text = readFileSync(new URL(page, root), 'utf8');
    expect(sentencesIn(text).flatMap(habitsIn)).toEqual([]);
  });

  it.each(printed)('%s', (file) => expect(textsIn(program(file)).flatMap(habitsIn)).toEqual([]));

  it('every meaning', () =>
    expect(Object.values(codes).flatMap(({ meaning }) => habitsIn(meaning))).toEqual([]));
});

it('what to write for a foreign key is an action', () => {
  const rows = [...Object.values(foreignKeys), ...Object.values(foreignTopKeys)];
  expect(rows.flatMap(({ instead }) => hintProblems(instead))).toEqual([]);
});

/** Sentences that were printed once. */
describe('is noticed:', () => {
  it.each([
    'the Service stands twice',
    "'x' is no time zone",
    'it has not the lines of its template',
    'choose another one',
    'it calls the queue, and there is none',
    'it is for public images alone',
    'the pod would wait for ever',
    'its calls are to be passed on',
    'a fault of Fjord',
    'nobody is told of it',
  ])('%s', (sentence) => expect(habitsIn(sentence)).toHaveLength(1));

  it.each([
    ['Two facts. They are two sentences', 'is more than one sentence'],
    ['it ends like this.', 'ends in a full stop'],
    ['Nothing but a name is written like this', 'begins with a capital'],
    [`it has ${'so '.repeat(24)}many words`, 'has 28 words'],
  ])('%s', (fact, problem) => expect(factProblems(fact).join()).toContain(problem));

  it('a hint that is not an action', () => {
    expect(hintProblems('the other one is better')).toHaveLength(1);
    expect(hintProblems('write min: 1, or remove it')).toEqual([]);
  });
});

describe('is one word, however long:', () => {
  it.each(["'a value of many words, quoted' ", '"the same in other quotes" '])('%s', (value) =>
    expect(factProblems(`OpenFaaS' chart and each node's own ${value.repeat(18)}`)).toEqual([]),
  );
});

/** The beginning of a docstring that describes a thing by a question. */
const nounClause = /^\* ?(What|Whether|Where|How|Who|Whose|Whom|Which|When) /;

/** Every source file of a folder and of those below it, by its path in `src/`. */
function filesOf(folder: string, extension = '.ts'): string[] {
  return readdirSync(new URL(`${folder}/`, source), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .map((name) => `${folder}/${name}`);
}

/** Comments of a source, each on one line. */
function commentsIn(text: string): string[] {
  const { comments } = parse(text, { sourceType: 'module', plugins: ['typescript'] });
  return (comments ?? []).map(({ value }) => value.replace(/\s*\n\s*\*?\s*/g, ' ').trim());
}

/** Comments of a template, and the quoted texts of a script's lines. */
function textsOfTemplate(text: string): string[] {
  const comments = [...text.matchAll(/\{\{!--(.*?)--\}\}/gs), ...text.matchAll(/^# (.+)$/gm)].map(
    ([, comment = '']) => comment,
  );
  const messages = [...text.matchAll(/\b(?:say|did|fail|begin) (["'])(.+?)\1/g)].map(
    ([, , message = '']) => message,
  );
  return [...comments, ...messages];
}

/** Paragraphs, list items and table cells of a page, without code. */
function sentencesIn(page: string): string[] {
  return page
    .replace(/^```[\s\S]*?^```$/gm, '')
    .replace(/`[^`]*`/g, 'code')
    .split(/\n\n|\n(?=[-\d|#])|\|/)
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '');
}

function program(file: string): Node {
  const text = readFileSync(new URL(file, source), 'utf8');
  return parse(text, { sourceType: 'module', plugins: ['typescript'] }).program;
}

/** The values of all properties of a name. */
function parts(node: Node, name: string): Node[] {
  const found: Node[] = [];
  traverseFast(node, (each) => {
    if (isObjectProperty(each) && isIdentifier(each.key, { name })) found.push(each.value);
  });
  return found;
}

/** Texts of several words as they are written, with `$` in place of each value. */
function textsIn(node: Node): string[] {
  const texts: string[] = [];
  traverseFast(node, (each) => {
    if (isStringLiteral(each)) texts.push(each.value);
    if (isTemplateLiteral(each)) texts.push(each.quasis.map(({ value }) => value.cooked).join('$'));
  });
  return texts.filter((text) => text.includes(' '));
}

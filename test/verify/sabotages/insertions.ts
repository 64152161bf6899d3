import { createRequire } from 'node:module';
import { parseAllDocuments, parseDocument, stringify } from 'yaml';
import { isDirective, type Statement } from '../../../src/nginx/directive.ts';
import { directiveTable } from '../../../src/nginx/directive-table.ts';
import { parseConf } from '../../../src/nginx/parse.ts';
import { printConf } from '../../../src/nginx/print.ts';
import { readApplyScript } from '../../../src/verify/read/apply-script.ts';
import { vocabulary } from '../../../src/verify/rules/nginx/strangers/words-of-ours.ts';
import type { Edit } from './sabotage.ts';

/** Numbers from 0 below 1, the same for the same seed: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Insertion {
  readonly what: string;
  readonly edit: Edit;
}

type Random = () => number;

function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

/** Lines that a shell, apt, sshd, systemd, sysctl, nft or the module loader would obey. */
const lines = [
  'id',
  'Acquire::http::Proxy "http://203.0.113.66";',
  'DPkg::Pre-Invoke { "id"; };',
  'PermitRootLogin yes',
  'Match all',
  'ExecStartPost=/bin/id',
  'Environment=LD_PRELOAD=/tmp/x',
  'kernel.modprobe = x',
  '    tcp dport 6443 accept',
  'include "/tmp/x"',
  'evil_module',
  'Trusted: yes',
  'Pin-Priority: 2000',
  '[Service]',
];

/** One line more in a file that is read line by line, or in the shell around the files. */
export function lineInserted(texts: ReadonlyMap<string, string>, random: Random): Insertion {
  const { script, files } = nodeOf(texts);
  const [shell = ''] = script.split(/^put 0/m, 1);
  const places = [...files].filter(([path]) => !/\.yaml$|\/nginx\/|-token$/.test(path));
  const [file, text] = pick(random, [...places, ['apply.sh', shell] as const]);
  const before = text.split('\n');
  const at = Math.floor(random() * (before.length - 1));
  const line = pick(random, lines);
  const put = [...before.slice(0, at), line, ...before.slice(at)].join('\n');
  return { what: `${file}:${at} ${line}`, edit: { file, find: text, put } };
}

/** One key more in a mapping, or one entry in a list, of a YAML file of a closed language. */
export function keyInserted(texts: ReadonlyMap<string, string>, random: Random): Insertion {
  const { files } = nodeOf(texts);
  const ofNode = [...files].filter(([path]) => /^\/etc\/rancher\/.*\.yaml$/.test(path));
  const ofDist = [...texts].filter(([path]) => /^(stack\.yaml|manifests\/kustomization\.yaml)$/.test(path));
  const userData = [...texts].filter(([path]) => path === `cloud-init/${nodeName(texts)}.yaml`);
  const [file, text] = pick(random, [
    ...ofNode,
    ...ofDist,
    ...userData.map(([, own]) => ['user-data', own] as const),
  ]);
  const document = parseDocument(text);
  const place = pick(
    random,
    placesIn(document.toJS()).filter(({ path }) => !freeInYaml.test(path.join('/'))),
  );
  if (place.isList) document.addIn(place.path, pick(random, ['extra', '/extra=1', 'a.example.no']));
  else document.setIn([...place.path, 'extra'], 'extra');
  return {
    what: `${file} ${place.path.join('/')}`,
    edit: { file, find: text.slice(text.indexOf('\n') + 1), put: bodyOf(String(document)) },
  };
}

/** What another config may say: more names in a certificate, and what any user puts into a function's environment. */
const freeInYaml = /^tls-san$|\/environment$/;

function bodyOf(text: string): string {
  return text.slice(text.indexOf('\n') + 1);
}

interface Place {
  readonly path: readonly (string | number)[];
  readonly isList: boolean;
}

function placesIn(value: unknown, path: readonly (string | number)[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  const inner = isList ? [...value.entries()] : Object.entries(value);
  return [{ path, isList }, ...inner.flatMap(([key, one]) => placesIn(one, [...path, key]))];
}

interface Definition {
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Definition>>;
  readonly items?: Definition;
  readonly allOf?: readonly Definition[];
  readonly additionalProperties?: unknown;
}

interface Schemas {
  readonly kinds: Readonly<Record<string, string>>;
  readonly definitions: Readonly<Record<string, Definition>>;
}

const schemas: Schemas = createRequire(import.meta.url)('../../../schemas/kubernetes/1.36.json');

/** A field that Kubernetes knows and the object does not have, with a value of its type; or an entry of a list. */
export function fieldInserted(texts: ReadonlyMap<string, string>, random: Random): Insertion {
  const manifests = [...texts].filter(([path]) => /^manifests\/\d.*\.yaml$/.test(path));
  const [file, text] = pick(random, manifests);
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) throw new Error(`${file} is empty`);
  const document = pick(random, documents);
  const body = document.toJS();
  const root = resolved({ $ref: schemas.kinds[`${body.apiVersion}/${body.kind}`] ?? '' });
  const spots = spotsIn(body, root).filter(({ path }) => !freeInManifests.test(path.join('/')));
  const { path, definition, present } = pick(random, spots);
  const missing = Object.keys(definition.properties ?? {}).filter(
    (name) => !present.includes(name) && !freeFields.has(name),
  );
  const field = missing.length === 0 ? 'extra' : pick(random, missing);
  const value = exampleOf(resolved(definition.properties?.[field] ?? { type: 'string' }), random);
  document.setIn([...path, field], value);
  return {
    what: `${file} ${body.kind} ${body.metadata?.name} ${[...path, field].join('/')} = ${JSON.stringify(value)}`,
    edit: { file, find: text, put: documents.map(String).join('') },
  };
}

/** Data of a program, which its own schema knows, and what users put there. */
const freeInManifests = /(^|\/)(labels|annotations|data|matchLabels|environment|limits|requests)(\/|$)/;
/** What another config may say: how many, how often, how long. */
const freeFields = new Set([
  'replicas',
  'revisionHistoryLimit',
  'labels',
  'annotations',
  'terminationGracePeriodSeconds',
  'failureThreshold',
  'timeoutSeconds',
  'description',
]);

interface Spot {
  readonly path: readonly (string | number)[];
  readonly definition: Definition;
  readonly present: readonly string[];
}

function spotsIn(value: unknown, definition: Definition, path: readonly (string | number)[] = []): Spot[] {
  if (Array.isArray(value)) {
    return value.flatMap((one, index) => spotsIn(one, resolved(definition.items ?? {}), [...path, index]));
  }
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, one]) =>
    spotsIn(one, resolved(definition.properties?.[key] ?? {}), [...path, key]),
  );
  return [{ path, definition, present: Object.keys(value) }, ...inner];
}

function resolved(definition: Definition): Definition {
  const { $ref, allOf } = definition;
  if ($ref !== undefined) return resolved(schemas.definitions[$ref.replace('#/definitions/', '')] ?? {});
  return allOf?.[0] === undefined ? definition : resolved(allOf[0]);
}

function exampleOf({ type, enum: values, items, properties }: Definition, random: Random): unknown {
  if (values !== undefined) return pick(random, values);
  switch (Array.isArray(type) ? type[0] : type) {
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return 1;
    case 'array':
      return [exampleOf(resolved(items ?? { type: 'string' }), random)];
    case 'object':
      return Object.fromEntries(
        Object.entries(properties ?? {})
          .slice(0, 1)
          .map(([name, one]) => [name, exampleOf(resolved(one), random)]),
      );
    default:
      return 'extra';
  }
}

/** A directive of nginx that no conf of ours has in such a block. */
export function directiveInserted(texts: ReadonlyMap<string, string>, random: Random): Insertion {
  const file = pick(random, ['nginx/openfaas.conf', 'nginx/nginx.conf']);
  const text = texts.get(file) ?? '';
  const parsed = parseConf(text);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  const name = file.endsWith('nginx.conf') ? 'main' : 'http';
  const blocks = blocksIn(name, parsed.statements);
  const block = pick(random, blocks);
  const foreign = [...directiveTable].filter(
    ([word, forms]) =>
      forms.some(({ contexts }) => contexts.some((context) => context === block.name)) &&
      vocabulary[block.name]?.[word] === undefined,
  );
  const [word, forms] = pick(random, foreign.length > 0 ? foreign : [...directiveTable]);
  const [form] = forms;
  const args = Array.from({ length: form?.min ?? 1 }, () => pick(random, ['on', '/tmp/x', '1', '$arg_x']));
  const added = { directive: word, args, ...(form?.block && { block: [] }) };
  const put = printConf(inserted(parsed.statements, block.path, added, random));
  return { what: `${file} ${block.name} ${word} ${args.join(' ')}`, edit: { file, find: text, put } };
}

interface Block {
  readonly name: string;
  readonly path: readonly number[];
}

const blockNames = ['events', 'http', 'server', 'location', 'upstream', 'limit_except'];

function blocksIn(name: string, statements: readonly Statement[], path: readonly number[] = []): Block[] {
  return [
    { name, path },
    ...statements.flatMap((statement, index) =>
      isDirective(statement) && statement.block && blockNames.includes(statement.directive)
        ? blocksIn(statement.directive, statement.block, [...path, index])
        : [],
    ),
  ];
}

function inserted(
  statements: readonly Statement[],
  [index, ...rest]: readonly number[],
  added: Statement,
  random: Random,
): Statement[] {
  if (index === undefined) {
    const at = Math.floor(random() * (statements.length + 1));
    return [...statements.slice(0, at), added, ...statements.slice(at)];
  }
  return statements.map((statement, position) =>
    position === index && isDirective(statement)
      ? { ...statement, block: inserted(statement.block ?? [], rest, added, random) }
      : statement,
  );
}

/** An object of Kubernetes more, of a kind that manifests may hold, with as little in it as is valid. */
export function objectInserted(_: ReadonlyMap<string, string>, random: Random): Insertion {
  const key = pick(random, Object.keys(schemas.kinds));
  const [, apiVersion = '', kind = ''] = /^(.*)\/([^/]+)$/.exec(key) ?? [];
  const namespace = pick(random, ['openfaas', 'openfaas-fn', 'kube-system', '']);
  const { properties = {} } = resolved({ $ref: schemas.kinds[key] ?? '' });
  const more = Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => !['apiVersion', 'kind', 'metadata'].includes(name))
      .map(([name, one]) => [name, exampleOf(resolved(one), random)]),
  );
  const metadata = { name: 'extra', ...(namespace !== '' && { namespace }) };
  const text = stringify({ apiVersion, kind, metadata, ...more });
  return {
    what: `${key} in '${namespace}'`,
    edit: { file: 'manifests/60-functions.yaml', put: `---\n${text}` },
  };
}

function nodeName(texts: ReadonlyMap<string, string>): string {
  const { nodes } = JSON.parse(texts.get('platform.lock.json') ?? '') as { nodes: { name: string }[] };
  return nodes[0]?.name ?? '';
}

function nodeOf(texts: ReadonlyMap<string, string>) {
  const script = texts.get(`nodes/${nodeName(texts)}/apply.sh`) ?? '';
  const files = [...readApplyScript(script).files].map(([path, { text }]) => [path, text] as const);
  return { script, files };
}

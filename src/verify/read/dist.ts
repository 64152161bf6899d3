import { ownManifestsPath } from '../../artifacts/own-manifests.ts';
import { makeAnew, type Remember } from '../../artifacts/remember.ts';
import type { Diagnostic, Outcome } from '../../diagnostics/diagnostic.ts';
import { hasErrors } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SchemaProblem } from '../../diagnostics/schema-problem.ts';
import { nginxTarget } from '../../nginx/targets.ts';
import { isKubernetesMinor, minorOf } from '../../platform/k3s/versions.ts';
import { finalSize, joinTokens, tokensIn } from '../../platform/nodes/join-tokens.ts';
import { places } from '../../platform/nodes/places.ts';
import type { Dist, DistNode, Lock, Stack } from '../dist.ts';
import { readApplyScript } from './apply-script.ts';
import { readConf } from './conf.ts';
import { kindOfDistPath, kindOfNodePath } from './kind-of-path.ts';
import { readManifest } from './manifest.ts';
import { checkOwnSchema, type OwnSchema } from './own-schema.ts';
import { readSysctl } from './sysctl.ts';
import { readUserData, type UserData } from './user-data.ts';
import { readYaml } from './yaml.ts';

/** A place to look, and its text. */
type File = readonly [path: string, text: string];

/**
 * Reads every file back and checks it against its schema. Without a lock that can be read there is no `dist/`.
 *
 * @param remember keeps what was read from files that are the same in many platforms
 */
export function readDist(texts: ReadonlyMap<string, string>, remember: Remember = makeAnew): Outcome<Dist> {
  const diagnostics: Diagnostic[] = [];
  const lock = readLock(texts.get('platform.lock.json'), diagnostics);
  if (lock === undefined) return [undefined, diagnostics];

  const reader = new FileReader(lock, diagnostics, remember);
  const ofKind = (kind: string): File[] => [...texts].filter(([path]) => kindOfDistPath(path) === kind);
  for (const [path] of texts) {
    if (kindOfDistPath(path) === undefined) diagnostics.push(report('verify/unknown-file', [], { path }));
    reader.note(path, unprintable(texts.get(path) ?? ''));
  }

  const kustomization = one(ofKind('kustomization'), 'manifests/kustomization.yaml', diagnostics);
  const stack = one(ofKind('stack'), 'stack.yaml', diagnostics);
  const objects = ofKind('manifest').flatMap((file) => reader.manifest(file));
  const dist: Dist = {
    lock,
    texts,
    objects: objects.filter(({ path }) => path !== ownManifestsPath),
    ownObjects: objects.filter(({ path }) => path === ownManifestsPath),
    nginx: ofKind('nginx').map((file) => reader.conf(file)),
    nodes: ofKind('user-data').flatMap((file) => reader.node(file, texts) ?? []),
    resources: kustomization
      ? (reader.yaml<{ resources?: string[] } | undefined>(kustomization, 'kustomization')?.resources ?? [])
      : [],
    stack: stack ? reader.yaml<Stack>(stack, 'stack') : { provider: { gateway: '' }, functions: {} },
  };
  return [hasErrors(diagnostics) ? undefined : dist, diagnostics];
}

function readLock(text: string | undefined, diagnostics: Diagnostic[]): Lock | undefined {
  const path = 'platform.lock.json';
  if (text === undefined) {
    diagnostics.push(report('verify/file-missing', [], { path }));
    return undefined;
  }
  const problems: SchemaProblem[] = [];
  let lock: unknown;
  try {
    lock = JSON.parse(text);
    const wrong = checkOwnSchema('lock', lock);
    // A key that stands twice would be lost when it is printed again.
    if (wrong.length > 0 || `${JSON.stringify(lock, null, 2)}\n` !== text) {
      // JSON is YAML, whose reader knows the lines, and minds a key that stands twice.
      const read = readYaml(text);
      problems.push(...read.problems, ...read.placed(wrong, 0));
    }
  } catch (error) {
    problems.push({ pointer: '', message: error instanceof Error ? error.message : String(error) });
  }
  diagnostics.push(...schemaDiagnostics(path, problems));
  return problems.length === 0 ? (lock as Lock) : undefined;
}

/** Programs differ in what they take for the end of a line, so there is no other than the one of Unix. */
function unprintable(text: string): SchemaProblem[] {
  const at = text.search(/[^\P{Cc}\n\t]|[\u2028\u2029]/u);
  if (at < 0) return [];
  const line = text.slice(0, at).split('\n').length;
  return [{ pointer: '', message: 'a character that nobody sees and that some programs obey', line }];
}

function one(files: readonly File[], path: string, diagnostics: Diagnostic[]): File | undefined {
  if (files.length === 0) diagnostics.push(report('verify/file-missing', [], { path }));
  return files[0];
}

function schemaDiagnostics(path: string, problems: readonly SchemaProblem[]): Diagnostic[] {
  return problems.map(({ pointer, message, line }) =>
    report('verify/schema', [], { pointer, message }, { artifact: { path, ...(line && { line }) } }),
  );
}

/** Reads one file at a time, and gathers what is wrong with it. */
class FileReader {
  private readonly lock: Lock;
  private readonly diagnostics: Diagnostic[];
  private readonly remember: Remember;

  constructor(lock: Lock, diagnostics: Diagnostic[], remember: Remember) {
    this.lock = lock;
    this.diagnostics = diagnostics;
    this.remember = remember;
  }

  yaml<T>([path, text]: File, schema: OwnSchema): T {
    const [value, problems] = this.remember(`${schema}\n${text}`, () => {
      const { documents, problems, placed } = readYaml(text);
      return [documents[0], problems.length > 0 ? problems : placed(checkOwnSchema(schema, documents[0]), 0)];
    });
    this.note(path, problems);
    return value as T;
  }

  manifest([path, text]: File) {
    const minor = minorOf(this.lock.k3s.version);
    if (!isKubernetesMinor(minor)) {
      const message = `no schemas for the Kubernetes of K3s ${this.lock.k3s.version}`;
      this.note(path, [{ pointer: '', message }]);
      return [];
    }
    const { objects, problems } = readManifest(path, text, minor, this.remember);
    this.note(path, problems);
    return objects;
  }

  conf([path, text]: File) {
    const main = path.endsWith('nginx.conf');
    const systems = [...new Set(this.lock.nodes.filter(({ nginx }) => nginx).map(({ os }) => os))];
    const { source } = this.lock.gateway.packages;
    const { statements, problems } = this.remember(`conf of ${[main, source, ...systems]}\n${text}`, () =>
      readConf(
        text,
        main ? 'main' : 'http',
        systems.map((os) => nginxTarget(os, source)),
      ),
    );
    this.note(path, problems);
    return { path, statements };
  }

  node([path, text]: File, texts: ReadonlyMap<string, string>): DistNode | undefined {
    const { userData, problems } = this.remember(`user-data\n${text}`, () => readUserData(text));
    this.note(path, problems);
    if (userData === undefined) return undefined;
    const script = userData.files.has(places.fetchScript)
      ? texts.get(`nodes/${userData.hostname}/apply.sh`)
      : undefined;
    // Nearly all changes leave a node as it is, so it is remembered as one, with all that was found in its files.
    const { nodes, k3s, gateway } = this.lock;
    const of = [
      path,
      k3s.version,
      gateway.packages.source,
      nodes.map(({ name, role, os, nginx }) => [name, role, os, nginx]),
    ];
    const read = this.remember(`node ${JSON.stringify(of)}\n${text}\n${script}`, () => {
      const reader = new FileReader(this.lock, [], this.remember);
      const node = reader.nodeOf(path, finalSize(text), userData, script);
      return { node, diagnostics: reader.diagnostics };
    });
    this.diagnostics.push(...read.diagnostics);
    return read.node;
  }

  /** @param fetched the apply.sh that the node fetches, if it does not get it with its user-data */
  private nodeOf(path: string, size: number, userData: UserData, fetched: string | undefined): DistNode {
    const files = new Map(userData.files);
    if (fetched !== undefined) files.set(places.applyScript, { text: fetched, permissions: '0700' });
    const packages: string[] = [];
    for (const [place, script] of [...files]) {
      const put = readApplyScript(script.text);
      this.note(`${path}#${place}`, put.problems);
      packages.push(...put.packages);
      for (const [own, file] of put.files) files.set(own, file);
    }
    return this.nodeFiles(path, size, packages, { ...userData, files });
  }

  private nodeFiles(path: string, size: number, packages: readonly string[], userData: UserData): DistNode {
    const files = [...userData.files].map(([place, { text }]) => ({
      place,
      file: [`${path}#${place}`, text] as const,
    }));
    const ofKind = (kind: string) =>
      files.filter(({ place }) => kindOfNodePath(place) === kind).map(({ file }) => file);
    for (const { place, file } of files) {
      if (kindOfNodePath(place) === undefined) {
        this.note(file[0], [{ pointer: '', message: 'nothing of ours belongs in this place' }]);
      }
    }
    const role = this.lock.nodes.find(({ name }) => name === userData.hostname)?.role ?? 'server';
    const k3sSchema = role === 'agent' ? 'k3s-agent-config' : 'k3s-config';
    for (const kind of ['registries', 'admission-config', 'audit-policy'] as const) {
      for (const file of ofKind(kind)) this.yaml<object>(file, kind);
    }
    for (const file of ofKind('token')) this.token(file);
    return {
      name: userData.hostname,
      path,
      role,
      tokens: tokensIn(
        ofKind('token')
          .map(([, text]) => text)
          .join('\n'),
      ),
      size,
      login: userData.login,
      packages,
      runcmd: userData.runcmd,
      files: userData.files,
      objects: ofKind('manifest').flatMap((file) => this.manifest(file)),
      nginx: ofKind('nginx').map((file) => this.conf(file)),
      sysctls: Object.assign({}, ...ofKind('sysctl').map((file) => this.sysctl(file))),
      k3sConfig: Object.assign({}, ...ofKind('k3s-config').map((file) => this.yaml<object>(file, k3sSchema))),
    };
  }

  /** A token belongs into the user-data that is pasted, never into `dist/`. */
  private token([path, text]: File): void {
    const isPlaceholder = Object.values(joinTokens).some(({ placeholder }) => placeholder === text);
    if (!isPlaceholder) this.note(path, [{ pointer: '', message: 'must be a placeholder, and not a token' }]);
  }

  private sysctl([path, text]: File): Record<string, string> {
    const { settings, problems } = readSysctl(text);
    this.note(path, [...problems, ...checkOwnSchema('sysctl', settings)]);
    return settings;
  }

  note(path: string, problems: readonly SchemaProblem[]): void {
    this.diagnostics.push(...schemaDiagnostics(path, problems));
  }
}

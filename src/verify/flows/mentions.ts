import type { ArtifactLocation } from '../../diagnostics/diagnostic.ts';
import { type Directive, isDirective, type Statement } from '../../nginx/directive.ts';
import { imageSources, registryOf } from '../../platform/k3s/image-sources.ts';
import { places } from '../../platform/nodes/places.ts';
import type { Dist, DistNode, ManifestObject } from '../dist.ts';
import { functionResource, podOf } from '../kubernetes/body.ts';
import { shellOf } from '../read/apply-script.ts';
import { kindOfNodePath } from '../read/kind-of-path.ts';
import { watchOf } from '../read/watch-script.ts';
import { readYaml } from '../read/yaml.ts';
import { hostsInVariable, urlsIn, withoutCommentLines, withoutScriptComments } from './hosts-in-text.ts';
import { mirrorsOf } from './mirrors.ts';

/** A host that a file names as something to connect to. */
export interface Mention {
  readonly host: string;
  readonly artifact: ArtifactLocation;
}

/**
 * Every host that a file of the platform names, each file read by the rules of its language: values of YAML and JSON, words
 * of scripts, directives of nginx that connect. Comments, names that are served and texts for browsers are not among them.
 * The lock file is a record that no machine reads.
 */
export function mentionsIn(dist: Dist): Mention[] {
  return [
    ...[...dist.objects, ...dist.ownObjects].flatMap((object) => ofObject(object, dist)),
    ...dist.nginx.flatMap(({ path, statements }) => ofConf(path, statements)),
    ...ofStack(dist),
    ...dist.nodes.flatMap((node) => ofNode(node, dist)),
  ];
}

function ofStack(dist: Dist): Mention[] {
  return Object.values(dist.stack.functions).flatMap(({ image, environment = {} }) => {
    const hosts = [
      ...sourcesOf(image, dist),
      ...Object.entries(environment).flatMap(([key, value]) => hostsInVariable(key, value)),
    ];
    return hosts.map((host) => ({ host, artifact: placeIn(dist, 'stack.yaml', host) }));
  });
}

/** Where a file of `dist/` first names a host. */
export function placeIn({ texts }: Dist, path: string, host: string): ArtifactLocation {
  const text = texts.get(path) ?? '';
  const at = text.indexOf(host);
  if (at === -1) return { path };
  // A file of a thousand functions is looked through for each of them, so it is not split into lines.
  let line = 1;
  for (let end = text.indexOf('\n'); end !== -1 && end < at; end = text.indexOf('\n', end + 1)) line += 1;
  return { path, line };
}

/** An object's strings, without its metadata: labels and annotations connect to nothing. */
export function ofObject(object: ManifestObject, dist: Dist): Mention[] {
  const { metadata: _, apiVersion: _version, kind: _kind, ...rest } = object.body;
  const pod = podOf(object);
  const containers = [...(pod?.containers ?? []), ...(pod?.initContainers ?? [])];
  const images = [...containers.map(({ image }) => image), functionResource(object)?.image ?? []].flat();
  const variables = [
    ...containers.flatMap(({ env = [] }) => env.map(({ name, value }) => [name, value ?? ''] as const)),
    ...Object.entries(functionResource(object)?.environment ?? {}),
  ];
  const hosts = new Set([
    ...images.flatMap((image) => sourcesOf(image, dist)),
    ...variables.flatMap(([name, value]) => hostsInVariable(name, value)),
    ...strings(rest).flatMap((text) => urlsIn(withoutCommentLines(text)).map(({ host }) => host)),
  ]);
  return [...hosts].map((host) => ({
    host,
    artifact: dist.texts.has(object.path)
      ? placeIn(dist, object.path, host)
      : { path: object.path, ...(object.line && { line: object.line }) },
  }));
}

/** The hosts that nodes fetch an image from. */
export function sourcesOf(image: string, dist: Dist): string[] {
  const hosts = dist.nodes.flatMap((node) => imageSources(registryOf(image), mirrorsOf(node)));
  return [...new Set(hosts)].map((host) => host.replace(/:\d+$/, ''));
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(strings);
}

/** The directives of nginx that open a connection, or name whom to connect to. */
const connects = /^((proxy|fastcgi|grpc|uwsgi|scgi|memcached)_pass|resolver|ssl_ocsp_responder)$/;

function ofConf(path: string, statements: readonly Statement[], within = ''): Mention[] {
  return statements.filter(isDirective).flatMap((each) => [
    ...hostsOf(each, within).map((host) => ({
      host,
      artifact: { path, ...(each.line && { line: each.line }) },
    })),
    ...ofConf(path, each.block ?? [], each.directive),
  ]);
}

function hostsOf({ directive, args }: Directive, within: string): string[] {
  if (connects.test(directive)) return args.flatMap(hostOfArgument);
  if (directive === 'server' && within === 'upstream') return args.slice(0, 1).flatMap(hostOfArgument);
  // Logs can be sent by syslog.
  if (/^(access|error)_log$/.test(directive)) {
    return args.flatMap((arg) => hostOfArgument(/^syslog:server=([^,]+)/.exec(arg)?.[1] ?? '-'));
  }
  return [];
}

/** `http://host:80/path`, `host:80`, `[::1]:80`; nothing for `unix:/path`, `valid=30s` and variables. */
function hostOfArgument(arg: string): string[] {
  const [found] = urlsIn(arg);
  if (found) return [found.host];
  const host = /^(\[[0-9a-f:.]+\]|[A-Za-z0-9._-]+)(:\d+)?$/i.exec(arg)?.[1];
  return host === undefined || !/[.:]/.test(host) ? [] : [host.replace(/^\[|\]$/g, '').toLowerCase()];
}

function ofNode(node: DistNode, dist: Dist): Mention[] {
  const watched = watchOf(node);
  const hosts = [...Object.values(watched?.to ?? {}).map(({ host }) => host), watched?.deadMansSwitch ?? []];
  return [
    ...node.objects.flatMap((object) => ofObject(object, dist)),
    ...node.nginx.flatMap(({ path, statements }) => ofConf(path, statements)),
    ...[...node.files].flatMap(([place, { text }]) => ofNodeFile(`${node.path}#${place}`, place, text)),
    ...hosts.flat().map((host) => ({ host, artifact: { path: `${node.path}#${places.watchScript}` } })),
  ];
}

function ofNodeFile(path: string, place: string, text: string): Mention[] {
  return hostsOfNodeFile(place, text).map(({ host, line }) => ({ host, artifact: { path, line } }));
}

function hostsOfNodeFile(place: string, text: string) {
  switch (kindOfNodePath(place)) {
    case 'script': {
      const code = withoutScriptComments(place === places.applyScript ? shellOf(text) : text);
      return [...urlsIn(code), ...wordsIn(code, / StrictHostKeyChecking=yes \S+@([^\s@]+)$/)];
    }
    case 'k3s-config':
    case 'registries':
      return strings(readYaml(text).documents[0]).flatMap(urlsIn);
    case 'unit':
    case 'text': {
      const lines = withoutCommentLines(text);
      return [...urlsIn(lines), ...wordsIn(lines, /^nameserver (\S+)$/)];
    }
    default:
      // Manifests and nginx's files are read as such; the rest connects to nothing.
      return [];
  }
}

function wordsIn(text: string, pattern: RegExp) {
  return text.split('\n').flatMap((line, index) => {
    const host = pattern.exec(line)?.[1];
    return host === undefined ? [] : [{ host: host.toLowerCase(), line: index + 1 }];
  });
}

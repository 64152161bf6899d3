import { distance } from 'fastest-levenshtein';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { imagesOf } from '../delivery/manifests/diagnose.ts';
import type { Platform } from '../platform.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { fullImage, registryOf } from './image-sources.ts';

/** Registries that many use, of which others with nearly the same name have been registered. */
const wellKnown = [
  'docker.io',
  'gcr.io',
  'ghcr.io',
  'lscr.io',
  'mcr.microsoft.com',
  'public.ecr.aws',
  'quay.io',
  'registry.gitlab.com',
  'registry.k8s.io',
];

/** Websites about images, and the registries behind them. */
const websites: readonly (readonly [page: RegExp, site: string, registry: string])[] = [
  [/^(?:hub\.)?docker\.com\/(?:r\/|_\/|u\/|repository\/docker\/)?/, 'docker.com', 'docker.io'],
  [/^github\.com\//, 'github.com', 'ghcr.io'],
  [/^gitlab\.com\//, 'gitlab.com', 'registry.gitlab.com'],
  [/^quay\.io\/repository\//, 'quay.io/repository', 'quay.io'],
];

/** First parts of a path that somebody means as a registry. */
const likeRegistries = /^(?:artifactory|ecr|gcr|ghcr|harbor|mcr|my-?registry|nexus|quay|registry)$/;

/** Reports images whose name means another registry than it seems to. */
export function diagnoseImageNames(config: PlatformConfig): Diagnostic[] {
  const { functions, openfaas } = config;
  const named = namedRegistries(config);
  return [
    ...sortedEntries(functions).flatMap(([name, { image }]) =>
      diagnoseImage(image, ['functions', name, 'image'], named, true),
    ),
    ...sortedEntries<string>({ ...openfaas?.images }).flatMap(([part, image]) =>
      diagnoseImage(image, ['openfaas', 'images', part], named, false),
    ),
  ];
}

/** The same for images of the user's own manifests. */
export function diagnoseOwnImageNames({ manifests }: Platform, config: PlatformConfig): Diagnostic[] {
  const named = namedRegistries(config);
  return manifests.flatMap(({ object, path: at }) =>
    imagesOf(object).flatMap(({ image, path }) => diagnoseImage(image, [...at, ...path], named, false)),
  );
}

/** Registries that the config names, so they are not misspelt. */
function namedRegistries({ k3s }: PlatformConfig): ReadonlySet<string> {
  const { mirrors = {}, configs = {} } = k3s?.registries ?? {};
  return new Set([...Object.keys(mirrors), ...Object.keys(configs), ...(k3s?.allowedRegistries ?? [])]);
}

function diagnoseImage(
  image: string,
  path: ConfigPath,
  named: ReadonlySet<string>,
  ofFunction: boolean,
): Diagnostic[] {
  const website = websites.find(([page]) => page.test(image));
  if (website !== undefined) {
    const [page, site, registry] = website;
    const meant = image.replace(page, `${registry}/`);
    return [report('resolve/image-from-website', path, { image, site, meant })];
  }
  const registry = registryOf(image);
  if (named.has(registry)) return [];
  const [host = ''] = registry.split(':');
  if (host === 'localhost' || host.startsWith('127.')) {
    return [report('resolve/registry-is-node', path, { registry })];
  }
  const similar = nearestOf(registry);
  if (similar !== undefined) {
    const meant = image.replace(registry, similar);
    return [report('resolve/registry-misspelt', path, { registry, similar, meant })];
  }
  return named.has('*') ? [] : diagnoseHub(image, path, ofFunction);
}

/** Two letters that changed places, or else one letter more, less or other. */
function nearestOf(written: string): string | undefined {
  if (wellKnown.includes(written)) return undefined;
  return (
    wellKnown.find((known) => turned(known).includes(written)) ??
    wellKnown.find((known) => distance(written, known) === 1)
  );
}

function turned(text: string): string[] {
  return [...text].map(
    (letter, index) =>
      text.slice(0, index) + text.slice(index + 1, index + 2) + letter + text.slice(index + 2),
  );
}

/** Docker Hub has names of two parts, the first an account. Those of one part are Docker's own images. */
function diagnoseHub(image: string, path: ConfigPath, ofFunction: boolean): Diagnostic[] {
  const full = fullImage(image);
  if (!full.startsWith('docker.io/')) return [];
  const isNamed = /^(?:index\.)?docker\.io\//.test(image);
  const [first = '', ...rest] = image.replace(/^(?:index\.)?docker\.io\//, '').split('/');
  const isOdd = rest.length === 0 ? ofFunction : !isNamed && (rest.length > 1 || likeRegistries.test(first));
  return isOdd ? [report('resolve/image-in-docker-hub', path, { image, full })] : [];
}

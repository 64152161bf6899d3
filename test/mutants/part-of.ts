import { places } from '../../src/platform/nodes/places.ts';
import { nginxPlaces } from '../../src/renderers/nginx/nginx.ts';

/** The parts that are scored one by one, in the order of the table. */
export const parts = [
  'manifests',
  'kustomization.yaml',
  'nginx',
  'stack.yaml',
  'user-data',
  'apply.sh: files of its own',
  'apply.sh: copies of files beside it',
  'apply.sh: shell',
  'platform.lock.json',
] as const;

export type Part = (typeof parts)[number];

/** Which part of a platform a line of a file is in. */
export function partOf(path: string, text: string, line: number): Part {
  if (path === 'platform.lock.json' || path === 'stack.yaml') return path;
  if (path === 'manifests/kustomization.yaml') return 'kustomization.yaml';
  if (path.startsWith('manifests/')) return 'manifests';
  if (path.startsWith('nginx/')) return 'nginx';
  if (path.startsWith('cloud-init/')) return 'user-data';
  if (!path.endsWith('/apply.sh')) throw new Error(`no part is named for ${path}`);
  const place = placeIn(text, line);
  if (place === undefined) return 'apply.sh: shell';
  return copies.has(place) ? 'apply.sh: copies of files beside it' : 'apply.sh: files of its own';
}

const copies = new Set([...Object.values(nginxPlaces), places.manifests]);

/** The file on the node that a line of apply.sh stands in. */
export function placeIn(script: string, line: number): string | undefined {
  let place: string | undefined;
  let end: string | undefined;
  for (const [index, text] of script.split('\n').entries()) {
    if (index + 1 === line) return text === end ? undefined : place;
    if (place === undefined) [, place, end] = /^put \d+ (\S+) <<'(END_*)'$/.exec(text) ?? [];
    else if (text === end) place = undefined;
  }
  return undefined;
}

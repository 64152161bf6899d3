import { compileConfig } from '../src/compile.ts';
import type { PlatformConfig } from '../src/config/platform-config.ts';
import { finalSize } from '../src/platform/nodes/join-tokens.ts';
import { providers } from '../src/platform/nodes/providers.ts';
import { cases } from '../test/cases/index.ts';

const compressions = { gzip: 'counts', base64: 'as text', none: 'no', unknown: 'not known' };

/** The table of what providers take, in Markdown. */
export function providersTable(): string {
  const rows = Object.entries(providers).map(([name, { userDataLimit, limitSource, compression }]) => [
    `\`${name}\``,
    `${thousands(userDataLimit)}${limitSource === undefined ? ' (assumed)' : ''}`,
    compressions[compression],
    limitSource ?? 'none is published',
  ]);
  return table(['provider', 'bytes', 'gzipped', 'source'], rows);
}

const shapes: readonly [shape: string, name: string][] = [
  ['one server', 'smallest'],
  ['one server, three functions', 'reference'],
  ['server and agents', 'server-and-agents'],
  ['three servers, dual-stack, hardened, with `scripts`', 'three-servers'],
  ['five servers and agents', 'five-servers-and-agents'],
  ['one server, by Flux', 'gitops'],
  ['one server, by Argo CD, hardened', 'gitops-argocd'],
];

/** One node's user-data against what its provider takes. */
export interface NodeSize {
  readonly shape: string;
  readonly node: string;
  readonly provider: string;
  readonly bytes: number;
  readonly limit: number;
}

export function nodeSizes(): NodeSize[] {
  return shapes.flatMap(([shape, name]) => {
    const { platform, artifacts } = compileConfig(cases[name] as PlatformConfig, 'platform.config.ts');
    return (platform?.nodes ?? []).map((node) => {
      const text = artifacts.find(({ path }) => path === `cloud-init/${node.name}.yaml`)?.text ?? '';
      return {
        shape,
        node: node.name,
        provider: node.provider,
        bytes: finalSize(text),
        limit: node.userDataLimit.bytes,
      };
    });
  });
}

/** The table of what user-data takes, in Markdown. */
export function sizesTable(): string {
  const rows = nodeSizes().map(({ shape, node, provider, bytes, limit }) => [
    shape,
    `\`${node}\``,
    `\`${provider}\``,
    thousands(bytes),
    thousands(limit),
    `${Math.ceil((bytes / limit) * 100)}%`,
  ]);
  return table(['shape', 'node', 'provider', 'bytes', 'limit', 'share'], rows);
}

/** A document with the text between two of its comments replaced. */
export function withBlock(document: string, name: string, text: string): string {
  const begin = `<!-- ${name} -->\n`;
  const start = document.indexOf(begin) + begin.length;
  const end = document.indexOf('<!-- end -->', start);
  if (start < begin.length || end < start) throw new Error(`the document has no block ${name}`);
  return `${document.slice(0, start)}${text}${document.slice(end)}`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function thousands(bytes: number): string {
  return String(bytes).replace(/\B(?=(\d{3})+$)/g, ',');
}

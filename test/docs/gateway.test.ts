import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import { isDirective, type Statement } from '../../src/nginx/directive.ts';
import { parseConf } from '../../src/nginx/parse.ts';
import { nginxFeatures, nginxTarget } from '../../src/nginx/targets.ts';
import { cdns } from '../../src/platform/gateway/cdns.ts';
import { operatingSystems } from '../../src/platform/nodes/operating-systems.ts';
import { cases } from '../cases/index.ts';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/gateway.md', root), 'utf8');

/** The rows of the table below a heading, as cells. */
function rowsBelow(heading: string): string[][] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const lines = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function namesIn(statements: readonly Statement[]): string[] {
  return statements.filter(isDirective).flatMap(({ directive, block = [] }) => [
    directive,
    // What these hold are entries, not directives.
    ...(['map', 'geo'].includes(directive) ? [] : namesIn(block)),
  ]);
}

it('every directive that any case has is explained, and no other', () => {
  const emitted = Object.values(cases).flatMap((config) =>
    compileConfig(config, 'platform.config.ts')
      .artifacts.filter(({ kind }) => kind === 'nginx')
      .flatMap(({ text }) => {
        const parsed = parseConf(text);
        return 'statements' in parsed ? namesIn(parsed.statements) : [];
      }),
  );
  const explained = rowsBelow('Every directive').flatMap(
    ([names = '']) => names.match(/(?<=`)\w+(?=`)/g) ?? [],
  );
  // Names that are longer than those of any case ask for these.
  const forLongNames = ['server_names_hash_bucket_size', 'variables_hash_bucket_size'];
  expect(explained.filter((name) => !forLongNames.includes(name)).sort()).toEqual(
    [...new Set(emitted)].sort(),
  );
});

it('every row of the table of OSs is what is emitted for it', () => {
  const systems = Object.keys(operatingSystems) as (keyof typeof operatingSystems)[];
  const all = (['distribution', 'nginx.org-stable', 'nginx.org-mainline'] as const).flatMap((packages) =>
    systems.map((os) => ({ os, packages })),
  );
  const rows = all.map(({ os, packages }) => {
    const { title } = operatingSystems[os];
    const target = nginxTarget(os, packages);
    const features = nginxFeatures(target);
    return [
      packages === 'distribution' ? title : `${title}, ${packages.replace('org-', 'org ')}`,
      target.nginx,
      target.openssl,
      features.http2 === 'directive' ? 'directive' : 'word of `listen`',
      features.postQuantumCurves ? 'yes' : 'no',
      features.rotatesTicketKeys ? 'left on' : 'off',
      features.maxHeaders ? 'yes' : 'no',
      features.mergesHeaders ? 'yes' : 'no',
      features.quic ? 'yes' : 'no',
    ];
  });
  expect(rowsBelow('Which nginx').sort()).toEqual(rows.sort());
});

it('every CDN is in the table, as it is known', () => {
  const rows = Object.entries(cdns).map(([name, { header, asOf, source }]) => [
    `\`${name}\``,
    `\`${header}\``,
    asOf,
    `<${source}>`,
  ]);
  expect(rowsBelow('Behind a CDN')).toEqual(rows);
});

it('every defect has a test of its number, where the table says', () => {
  const rows = rowsBelow("The short conf's 26 defects");
  expect(rows.map(([number]) => Number(number))).toEqual(Array.from({ length: 26 }, (_, index) => index + 1));
  for (const [number, , test = ''] of rows) {
    const [, file = ''] = /^`(.+)`, /.exec(test) ?? [];
    expect(existsSync(new URL(file, root))).toBe(true);
    expect(readFileSync(new URL(file, root), 'utf8')).toMatch(new RegExp(`['"]defect ${number}: `));
  }
});

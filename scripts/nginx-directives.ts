// Makes schemas/nginx-directives.json from nginx's own documentation, as @nginx/reference-lib carries it:
// `npm run schemas:nginx`.

import { createRequire } from 'node:module';
import { getDirectives, getVariables } from '@nginx/reference-lib';
import type { Context, Form } from '../src/nginx/directive-table.ts';
import {
  leftOut,
  leftOutVariables,
  modules,
  otherArguments,
  repeating,
  repeatingDifferently,
} from './nginx-directive-exceptions.ts';
import { readSyntax } from './nginx-syntax.ts';
import { writeGenerated } from './write-generated.ts';

const contextsOf: Readonly<Record<string, readonly Context[]>> = {
  main: ['main'],
  events: ['events'],
  http: ['http'],
  server: ['server'],
  location: ['location'],
  upstream: ['upstream'],
  limit_except: ['limit_except'],
  if: ['if in server', 'if in location'],
  'if in location': ['if in location'],
  // Said of `include` alone: any.
  '': [
    'main',
    'events',
    'http',
    'server',
    'location',
    'upstream',
    'limit_except',
    'if in server',
    'if in location',
  ],
};

const commercial = /<p>(?:<note>\s*)?This directive is available as part of our/;

function forms(): Map<string, Form[]> {
  const found = new Map<string, Form[]>();
  for (const { name, module, contexts, syntax, isBlock, description } of getDirectives()) {
    if (!modules.includes(module) || commercial.test(description) || name in leftOut) continue;
    const other = otherArguments[`${name} in ${contexts[0]}`] ?? otherArguments[name];
    const { min, max, values } = { ...readSyntax(syntax), ...other };
    const form = {
      contexts: contexts.flatMap((context) => contextsOf[context] ?? []),
      min,
      max,
      block: isBlock,
      repeats: repeating.has(name) ? true : repeatingDifferently.has(name) ? ('differently' as const) : false,
      ...(values.length > 0 && { values }),
    };
    found.set(name, [...(found.get(name) ?? []), form]);
  }
  return found;
}

/** Names without `$`; `http_*` stands for any that begins so. */
function variables(): string[] {
  const names = getVariables()
    .filter(({ module }) => modules.includes(module))
    .map(({ name }) => name.slice(1))
    .filter((name) => !leftOutVariables.has(name))
    .map((name) => name.replace(/NAME$/, '*'));
  return [...new Set(names)].sort();
}

function text(): string {
  const { version } = createRequire(import.meta.url)('@nginx/reference-lib/package.json') as {
    version: string;
  };
  const lines = [...forms()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, list]) => `    ${JSON.stringify(name)}: ${JSON.stringify(list)}`);
  return `{
  "$comment": "Made by scripts/nginx-directives.ts from @nginx/reference-lib ${version} (Apache-2.0). Do not edit.",
  "directives": {
${lines.join(',\n')}
  },
  "variables": ${JSON.stringify(variables())}
}
`;
}

writeGenerated('schemas:nginx', { 'schemas/nginx-directives.json': text() });

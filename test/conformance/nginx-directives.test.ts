import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Context, directiveTable, type Form } from '../../src/nginx/directive-table.ts';
import { atLeast, since } from '../../src/nginx/versions.ts';
import { sizesFit } from '../../src/verify/rules/nginx/starting/sizes-fit.ts';
import { badConfs, goodConfs, newerConfs } from '../verify/nginx/conf-cases.ts';
import { distWith } from '../verify/rules/nginx/judge.ts';
import { describeWithTool } from './real-tool.ts';

/** Where the table is stricter than nginx: commercial parameters, and what nobody writes. */
const stricter = ['access_log', 'error_log', 'listen', 'proxy_cache_path', 'stub_status'];

const around: Readonly<Record<Context, readonly [string, string]>> = {
  main: ['', ' events {}'],
  events: ['events {', '}'],
  http: ['events {} http {', '}'],
  server: ['events {} http { server {', '} }'],
  location: ['events {} http { server { location / {', '} } }'],
  upstream: ['events {} http { upstream u {', '} }'],
  limit_except: ['events {} http { server { location / { limit_except GET {', '} } } }'],
  'if in server': ['events {} http { server { if ($host) {', '} } }'],
  'if in location': ['events {} http { server { location / { if ($host) {', '} } } }'],
};

const contexts = Object.keys(around) as Context[];

describeWithTool('nginx', 'the table of directives is what nginx itself says', (nginx) => {
  // Some two thousand nginx are started here.
  vi.setConfig({ testTimeout: 180_000 });

  let directory = '';
  let version = '';
  let count = 0;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'fjord-nginx-'));
    version = /nginx\/([\d.]+)/.exec(await run(['-v']))?.[1] ?? '';
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  afterAll(() => rmSync(directory, { recursive: true }));

  function run(args: readonly string[]): Promise<string> {
    return new Promise((resolve) => {
      execFile(nginx, args, (_, stdout, stderr) => resolve(stdout + stderr));
    });
  }

  /** What nginx says of a conf with errors only, or '' when it takes it. */
  async function errors(conf: string): Promise<string> {
    count += 1;
    const file = join(directory, `${count}.conf`);
    writeFileSync(file, `pid ${directory}/pid; ${conf}`);
    const said = await run(['-t', '-p', directory, '-c', file, '-e', join(directory, 'error.log')]);
    return said
      .split('\n')
      .filter((line) => /\[(emerg|crit)\]/.test(line))
      .join('\n');
  }

  async function says(name: string, form: Form, context: Context, args: number): Promise<string> {
    const [before, after] = around[context];
    const words = [name, ...Array<string>(args).fill('x')].join(' ');
    return errors(`${before} ${words}${form.block ? ' {}' : ';'} ${after}`);
  }

  /** A few at a time; one nginx after the other would take minutes. */
  async function each<T>(
    items: readonly T[],
    check: (item: T) => Promise<string | undefined>,
  ): Promise<string[]> {
    const found: string[] = [];
    const left = [...items];
    const worker = async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) {
        const problem = await check(item);
        if (problem !== undefined) found.push(problem);
      }
    };
    await Promise.all([worker(), worker(), worker()]);
    return found.sort();
  }

  const all = [...directiveTable].flatMap(([name, forms]) => forms.map((form) => ({ name, form, forms })));

  const dated = (name: string, context: Context) =>
    since.find(
      (row) =>
        row.directive === name &&
        row.argument === undefined &&
        (row.context === undefined || row.context === context),
    );

  test('a directive is known, but when it is newer than this nginx', async () => {
    const wrong = await each(all, async ({ name, form }) => {
      const [context = 'main'] = form.contexts;
      const unknown = /unknown directive|is not allowed here/.test(
        await says(name, form, context, Math.max(1, form.min)),
      );
      const row = dated(name, context);
      // A package may know a directive before its version does.
      const expected = row !== undefined && !atLeast(version, row.since) && name !== 'max_headers';
      return unknown === expected ? undefined : `${name}: unknown ${unknown}`;
    });
    expect(wrong).toEqual([]);
  });

  const old = all.filter(
    ({
      name,
      form: {
        contexts: [context = 'main'],
      },
    }) => dated(name, context) === undefined,
  );

  test('too few and too many arguments are refused', async () => {
    const counts = old.flatMap(({ name, form }) => [
      ...(form.min > 0 ? [{ name, form, args: form.min - 1 }] : []),
      ...(form.max !== null && !stricter.includes(name) ? [{ name, form, args: form.max + 1 }] : []),
    ]);
    const wrong = await each(counts, async ({ name, form, args }) => {
      const said = await says(name, form, form.contexts[0] ?? 'main', args);
      return /number of (arguments|parameters)/.test(said) ? undefined : `${name} with ${args}: ${said}`;
    });
    expect(wrong).toEqual([]);
  });

  test('a directive is refused where the table does not have it', async () => {
    const places = old.flatMap(({ name, form, forms }) => {
      const others = contexts.filter((context) => !forms.some((one) => one.contexts.includes(context)));
      // The nearest outside and inside are where a mistake is likely.
      return others
        .slice(0, 1)
        .concat(others.slice(-1))
        .map((context) => ({ name, form, context }));
    });
    const wrong = await each(places, async ({ name, form, context }) => {
      const said = await says(name, form, context, Math.max(1, form.min));
      return said.includes('is not allowed here') ? undefined : `${name} in ${context}: ${said}`;
    });
    expect(wrong).toEqual([]);
  });

  test('the confs that we refuse are refused, and those that we take are taken', async () => {
    const [before, after] = around.http;
    const taken = await each(badConfs, async ([, conf]) =>
      (await errors(`${before} ${conf} ${after}`)) === '' ? conf : undefined,
    );
    expect(taken).toEqual([]);
    const refused = await each(
      goodConfs,
      async (conf) => (await errors(`${before} ${conf} ${after}`)) || undefined,
    );
    expect(refused).toEqual([]);
    const newer = newerConfs.filter(([first]) => !atLeast(version, first));
    const early = await each(newer, async ([, conf]) =>
      (await errors(`${before} ${conf} ${after}`)) === '' ? conf : undefined,
    );
    expect(early).toEqual([]);
  });

  test('sizes-fit says of buffers what nginx says', async () => {
    const sizes = [4, 8, 16, 32];
    const cases = [1, 2, 3, 8].flatMap((count) =>
      sizes.flatMap((size) =>
        sizes.flatMap((header) => [8, 16, 64].map((busy) => ({ count, size, header, busy }))),
      ),
    );
    const wrong = await each(cases, async ({ count, size, header, busy }) => {
      const conf = `server { proxy_buffers ${count} ${size}k; proxy_buffer_size ${header}k; proxy_busy_buffers_size ${busy}k; proxy_max_temp_file_size 0; }`;
      const ours = sizesFit.check(distWith(conf)).length > 0;
      const theirs = (await errors(`${around.http[0]} ${conf} ${around.http[1]}`)) !== '';
      return ours === theirs ? undefined : conf;
    });
    expect(wrong).toEqual([]);
  });

  test('sizes-fit says of names what nginx says', async () => {
    const cases = [45, 46, 47, 54, 55, 120].flatMap((length) =>
      [64, 72, 128].flatMap((size) => {
        const name = 'a'.repeat(length);
        return [
          `server_names_hash_bucket_size ${size}; server { server_name ${name}; } server { server_name b; }`,
          `map_hash_bucket_size ${size}; map $host $x { default $x; ${name} 1; }`,
        ];
      }),
    );
    const wrong = await each(cases, async (conf) => {
      const ours = sizesFit.check(distWith(conf)).length > 0;
      const theirs = (await errors(`${around.http[0]} ${conf} ${around.http[1]}`)).includes(
        'could not build',
      );
      return ours === theirs ? undefined : conf;
    });
    expect(wrong).toEqual([]);
  });
});

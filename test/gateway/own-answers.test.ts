import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { block, type Directive, directive, isDirective, type Statement } from '../../src/nginx/directive.ts';
import { parseConf } from '../../src/nginx/parse.ts';
import { printConf } from '../../src/nginx/print.ts';
import { cases } from '../cases/index.ts';
import { itOnNewestNginx } from '../conformance/compiled-nodes.ts';
import { describeGateway } from './describe-gateway.ts';
import { journalFile } from './journal.ts';
import type { Answer, Ask } from './messages.ts';
import { compiledNodeFiles } from './node-files.ts';
import { type RunningGateway, startGateway, startGatewayOf } from './running-gateway.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** One way to an answer of nginx's own: a location, and a status that it may refuse with. */
interface Way {
  readonly ask: Ask & { readonly servername: string; readonly method: string };
  readonly statuses: readonly string[];
}

const named = (inside: readonly Statement[] | undefined, name: string) =>
  (inside ?? []).filter(isDirective).filter(({ directive }) => directive === name);
const last = (found: readonly Directive[]) => found.at(-1)?.args.at(-1) ?? '';

/** After it nginx closes the connection, whatever the conf has. */
const hangsUp = '408';

/**
 * A conf whose locations refuse with the status that a client names, before anything else. All that is asked after that
 * is nginx's own: `error_page`, and the headers that it adds.
 */
function refusingAtWill(text: string): { conf: string; ways: Way[]; returns: string[] } {
  const parsed = parseConf(text);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  const { statements } = parsed;
  const ways: Way[] = [];
  const wills = new Set(['200']);
  const returns: string[] = [];
  const edited = statements.map((server) => {
    if (!isDirective(server) || server.directive !== 'server') return server;
    const isSecure = named(server.block, 'listen').some(({ args }) => args.includes('ssl'));
    const name = last(named(server.block, 'server_name')).replace(/^\*/, 'any');
    if (!isSecure || name === '_') return server;
    const inside = (server.block ?? []).map((location) => {
      if (!isDirective(location) || location.directive !== 'location') return location;
      const own = location.block ?? [];
      const path = location.args.at(-1) ?? '';
      if (named(own, 'internal').length > 0 || path.startsWith('@')) {
        // Bytes that are no request lead to this one alone; errors.test.ts sends such.
        if (named(own, 'return').length === 0 || path === '/_fjord/error') return location;
        const mark = `${name}${path}`;
        returns.push(mark);
        return block('location', location.args, [
          directive('add_header', 'X-Return', mark, 'always'),
          ...own,
        ]);
      }
      const pages = named(own, 'error_page').length > 0 ? own : server.block;
      const statuses = named(pages, 'error_page').flatMap(({ args }) =>
        args.filter((arg) => /^\d+$/.test(arg) && arg !== hangsUp),
      );
      const target = location.args.length > 1 && location.args[0] === '=' ? path : `${path}x`;
      // nginx skips what a location sets for other methods than these.
      const method = named(own, 'limit_except')[0]?.args[0] ?? 'GET';
      ways.push({ ask: { method, path: target, servername: name, headers: { host: name } }, statuses });
      for (const status of statuses) wills.add(status);
      const refusals = [
        ...statuses.map((status) => directive('return', status)),
        directive('return', '200', ''),
      ];
      const first = refusals.map((refusal) => block('if', [`($will_${refusal.args[0]})`], [refusal]));
      return block('location', location.args, [...first, ...own]);
    });
    return block('server', server.args, inside);
  });
  const maps = [...wills].map((will) =>
    block('map', ['$http_x_will', `$will_${will}`], [directive('default', ''), directive(will, '1')]),
  );
  return { conf: printConf([...edited, ...maps]), ways, returns };
}

function caseOf(name: string): PlatformConfig {
  const config = cases[name];
  if (config === undefined) throw new Error(`no case ${name}`);
  return config;
}

/** What each answer has of itself. */
const itsOwn = ['connection', 'content-length', 'content-type', 'date', 'server', 'x-return'];

async function walk(config: PlatformConfig, root?: string): Promise<{ asked: number; lacking: string[] }> {
  const files = compiledNodeFiles(config);
  const conf = files.find(({ path }) => path.endsWith('/openfaas.conf'))?.text ?? '';
  const refusing = refusingAtWill(conf);
  // Refused paths alone are counted here, and all are asked for by one client.
  const text = refusing.conf.replace(/burst=\d+/g, 'burst=9000').replace(/rate=[^;]+/g, 'rate=900r/s');
  const gateway = await startGatewayOf(
    files.map((file) => {
      if (file.path.endsWith('/openfaas.conf')) return { ...file, text };
      return { ...file, text: file.text.replace('user nginx;', 'user www-data;') };
    }),
    root,
  );
  const origins = [
    ...new Set(Object.values(config.functions).flatMap(({ http }) => http?.cors?.origins ?? [])),
  ];
  const lacking: string[] = [];
  const seen = new Set<string>();
  let asked = 0;
  try {
    for (const { ask, statuses } of refusing.ways) {
      for (const origin of [...origins.slice(0, 2), 'https://a.example']) {
        for (const accept of ['*/*', ...(config.gateway?.errorPage === undefined ? [] : ['text/html'])]) {
          const put = (will: string, method = ask.method) => {
            asked += 1;
            return gateway.ask({
              ...ask,
              method,
              headers: { ...ask.headers, accept, origin, 'x-will': will },
            });
          };
          const compare = (what: string, headers: Answer['headers'], answer: Answer) => {
            expect([what, answer.status >= 300, answer]).toEqual([what, true, answer]);
            seen.add(answer.headers['x-return'] ?? '');
            for (const [name, value] of Object.entries(headers)) {
              if (itsOwn.includes(name) || answer.headers[name] === value) continue;
              lacking.push(`${what}: ${name}: ${value}, not ${answer.headers[name]}`);
            }
            const isCors = answer.headers['access-control-allow-origin'] !== undefined;
            const exposed = answer.headers['access-control-expose-headers'] ?? '';
            if (isCors && answer.headers['retry-after'] !== undefined && !exposed.includes('Retry-After')) {
              lacking.push(`${what}: Retry-After, which no page may read`);
            }
          };
          const { status, headers } = await put('200');
          expect(status).toBe(200);
          seen.add((await put('403', 'OPTIONS')).headers['x-return'] ?? '');
          // Without a refusal, it is nginx's own answer where the location leads to one, such as a redirect.
          const plain = await put('none');
          if (plain.headers['x-return'] !== undefined)
            compare(`${ask.servername}${ask.path}`, headers, plain);
          const answers = await Promise.all(statuses.map((will) => put(will)));
          for (const [index, answer] of answers.entries()) {
            compare(`${ask.servername}${ask.path} ${statuses[index]}`, headers, answer);
          }
          // The server refuses such a path before it chooses a location, but the answer is of the one it begins with.
          const path = ask.path === '/x' ? '//x' : `${ask.path}//x`;
          const refused = await gateway.ask({ ...ask, path, headers: { ...ask.headers, accept, origin } });
          expect([path, refused.status]).toEqual([path, 400]);
          compare(`${ask.servername}${path}`, headers, refused);
        }
      }
    }
    expect(refusing.returns.filter((mark) => !seen.has(mark))).toEqual([]);
    expect(asked).toBeGreaterThan(100);
    return { asked, lacking };
  } finally {
    await gateway.stop();
  }
}

describeGateway("nginx's own answers have all headers that their location adds", () => {
  it.each(['reference', 'gateway-full'])('%s', async (name) => {
    expect((await walk(caseOf(name))).lacking).toEqual([]);
  });
  for (const name of ['every-option', 'gateway-newest']) {
    itOnNewestNginx(name, async (root) => expect((await walk(caseOf(name), root)).lacking).toEqual([]));
  }
});

const image = 'ghcr.io/example/stub:1';
const origin = 'https://shop.example.no';

describeGateway('a page of another site', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway({
      domain: 'functions.example.no',
      nodes: { 'node-1': { memory: '4Gi', cpus: 2 } },
      openfaas: { licence: 'personal' },
      functions: {
        shop: { image, http: { cors: { origins: [origin] } } },
        own: { image, http: { cors: { origins: [origin] }, rateLimit: { rate: '2r/m', burst: 3 } } },
        plain: { image },
      },
      gateway: { rateLimit: { rate: '2r/m', burst: 7 }, exempt: ['198.51.100.7/32'] },
    });
    await gateway.node.run('for last in 1 2 3 4 7; do ip address add 198.51.100.$last/32 dev lo; done');
  });
  afterAll(() => gateway?.stop());

  const many = async (count: number, ask: Ask) => {
    const answers = await Promise.all(Array.from({ length: count }, () => gateway.ask(ask)));
    return answers.filter(({ status }) => status !== 429).length;
  };
  const headers = { origin, 'access-control-request-method': 'POST' };
  const preflight = { method: 'OPTIONS', headers };

  it('has the whole rate for its calls, and as much for its preflights', async () => {
    const from = '198.51.100.1';
    const page = { path: '/function/shop', from };
    expect(await many(8, { ...page, ...preflight })).toBe(8);
    expect(await many(9, { ...page, headers })).toBe(8);
    expect(await many(3, { ...page, ...preflight })).toBe(0);
  });

  it("has the same with a function's own limit", async () => {
    const page = { path: '/function/own', from: '198.51.100.2' };
    expect(await many(9, { ...page, ...preflight })).toBe(4);
    expect(await many(9, { ...page, headers })).toBe(4);
  });

  it('OPTIONS counts as a call where the function answers it', async () => {
    const plain = { path: '/function/plain', from: '198.51.100.3' };
    expect(await many(5, { ...plain, ...preflight })).toBe(5);
    expect(await many(5, plain)).toBe(3);
  });

  it('reads that a path is refused, whatever location it begins with', async () => {
    const readable = { status: 400, headers: { 'access-control-allow-origin': origin } };
    const from = '198.51.100.7';
    for (const path of [
      '/function/shop//',
      '/function/shop/a/../b',
      '/function/own/%2e%2e/plain',
      '/function/shop/;',
    ])
      expect(await gateway.ask({ path, from, headers })).toMatchObject(readable);
    expect((await gateway.ask({ path: '/function/shop/a/../b', from, headers })).body).toContain(
      'dot-segment',
    );
    // Another site, and paths of no function that sites may read.
    const closed = [
      ['/function/shop//', 'https://other.example'],
      ['/function/plain//', origin],
      ['/function/shopping//', origin],
      ['/a/function/shop//', origin],
      ['//function/shop', origin],
    ] as const;
    for (const [path, site] of closed) {
      const answer = await gateway.ask({ path, from, headers: { ...headers, origin: site } });
      expect([path, answer.status, answer.headers['access-control-allow-origin']]).toEqual([
        path,
        400,
        undefined,
      ]);
    }
  });

  it('reads when to try again', async () => {
    const from = '198.51.100.4';
    await many(9, { path: '/function/shop', from, headers });
    const refused = await gateway.ask({ path: '/function/shop', from, headers });
    expect(refused).toMatchObject({
      status: 429,
      headers: {
        'retry-after': '30',
        'access-control-allow-origin': origin,
        'access-control-expose-headers': 'Retry-After',
      },
    });
  });

  it('is not limited if its network is exempt', async () => {
    const page = { path: '/function/shop', from: '198.51.100.7' };
    expect(await many(20, { ...page, ...preflight })).toBe(20);
  });

  it('writes nothing to the error log', async () => {
    const { stdout } = await gateway.node.run(`cat ${journalFile}`);
    expect(stdout).toContain('access forbidden');
    expect(stdout).not.toContain('uninitialized');
  });
});

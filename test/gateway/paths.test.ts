import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { itOnNewestNginx } from '../conformance/compiled-nodes.ts';
import { describeGateway } from './describe-gateway.ts';
import { compiledNodeFiles } from './node-files.ts';
import type { Run } from './openfaas.ts';
import { plainForms, refusedForms } from './path-forms.ts';
import { pathKinds, pathPlatform } from './path-kinds.ts';
import { pathsTable } from './paths-table.ts';
import { startTriedGateway, type Tried, type TriedGateway } from './try-paths.ts';

// A machine that does a lot else is slow to start a node.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** Who got a request, in a line that says what was asked. */
const line = ({ kind, form, status, ran }: Tried) =>
  `${kind.title} ${JSON.stringify(form)}: ${status} ${ran.map(({ who, path }) => `${who} ${path}`).join(', ')}`;

/** As Go says in JSON what was sent byte by byte. */
const asBytes = (text: string) => Buffer.from(text, 'latin1').toString();

/**
 * The paths as they came. OpenFaaS' gateway hangs up on one that ends in a percent sign, and nginx then tries each kept
 * connection.
 */
const rawOf = (arrived: readonly Run[]) => [...new Set(arrived.map(({ raw }) => raw))];

/** Those that anybody behind nginx has seen, or that are not refused. */
function notRefused(tried: readonly Tried[]): string[] {
  return tried
    .filter(
      ({ status, ran, arrived, asked }) => status !== 400 || ran.length + arrived.length + asked.length > 0,
    )
    .map(line);
}

describeGateway(
  'paths mean the same function to everybody who reads them',
  () => {
    let gateway: TriedGateway;
    let refused: readonly Tried[] = [];
    let plain: readonly Tried[] = [];
    beforeAll(async () => {
      gateway = await startTriedGateway(compiledNodeFiles(pathPlatform));
      await gateway.node.run(`mkdir -p /var/www/letsencrypt/.well-known/acme-challenge
        echo key >/var/www/letsencrypt/.well-known/acme-challenge/secret; echo no >/var/www/letsencrypt/secret`);
      refused = await gateway.tryPaths(pathKinds, refusedForms);
      plain = await gateway.tryPaths(
        pathKinds.filter(({ exact }) => !exact),
        plainForms,
      );
      const table = process.env.FJORD_PATHS_TABLE;
      if (table !== undefined) writeFileSync(table, pathsTable([...refused, ...plain]));
    });
    afterAll(() => gateway?.stop());

    it('there are enough of them', () => {
      expect(new Set(refusedForms).size).toBeGreaterThan(100);
      expect(refused).toHaveLength(refusedForms.length * pathKinds.length);
    });

    it.each(pathKinds)('$title: none of the tricks reaches anybody', (kind) => {
      expect(notRefused(refused.filter((tried) => tried.kind === kind))).toEqual([]);
    });

    it.each(pathKinds.filter(({ exact }) => !exact))(
      '$title: everything else arrives byte for byte',
      (kind) => {
        const { base, arrives = base, who } = kind;
        const got = plain.filter((tried) => tried.kind === kind);
        expect(got.map(({ form, arrived }) => [form, rawOf(arrived)])).toEqual(
          got.map(({ form }) => {
            const path = arrives + (base === '' && !form.startsWith('/') ? `/${form}` : form);
            return [form, [asBytes(path.startsWith('/') ? path : `/${path}`)]];
          }),
        );
        for (const { ran } of got)
          expect(ran.map((run) => run.who).filter((other) => other !== who)).toEqual([]);
        expect(got.filter(({ ran }) => ran.length === 1).length).toBeGreaterThan(15);
      },
    );

    it('who is asked sees the path that is then called', () => {
      const asked = plain.filter(({ kind }) => kind.title.startsWith('asked first'));
      expect(asked.map(({ asked: [gate] }) => gate?.original)).toEqual(
        asked.map(({ kind, form, arrived: [called] }) => {
          const rest = called?.raw.replace('/function/guarded', '') ?? '';
          expect(kind.base + form).toContain(form);
          return kind.base + rest;
        }),
      );
    });

    it('an answer and a line of the log say why', async () => {
      const [tried] = refused.filter(({ form }) => form === '/a%252fb');
      expect(JSON.parse(tried?.body ?? '')).toEqual({
        error: 'refused path: encoded-slash',
        status: 400,
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
      });
      const { id } = JSON.parse(tried?.body ?? '') as { id: string };
      await vi.waitFor(
        async () => {
          const { stdout } = await gateway.node.run(`grep ${id} /var/log/nginx/openfaas.access.log`);
          expect(JSON.parse(stdout)).toMatchObject({ status: '400', refused: 'encoded-slash' });
        },
        { timeout: 15_000, interval: 1000 },
      );
    });

    it('/healthz is there, and challenges are', async () => {
      const exact = pathKinds.filter(({ exact: only }) => only);
      const [healthz] = await gateway.tryPaths(exact, ['']);
      expect(healthz).toMatchObject({ status: 200, ran: [{ who: '/healthz' }] });
      const [, challenge] = await gateway.tryPaths(exact, ['/secret']);
      expect(challenge).toMatchObject({ status: 200, body: 'key\n', ran: [] });
    });

    it('a refused path counts against the limit as any other request does', async () => {
      const platform = {
        ...pathPlatform,
        gateway: { rateLimit: { rate: '1r/m', burst: 4, delay: 0 } },
      } as const;
      const limited = await startTriedGateway(compiledNodeFiles(platform));
      try {
        const [kind] = pathKinds;
        const tried = await limited.tryPaths(kind ? [kind] : [], Array(12).fill('/a%2fb'));
        const statuses = tried.map(({ status }) => status).sort();
        expect(statuses).toEqual([...Array(5).fill(400), ...Array(7).fill(429)]);
        const [last] = tried.filter(({ status }) => status === 429);
        expect(JSON.parse(last?.body ?? '')).toMatchObject({ error: 'too many requests', status: 429 });
        // What nginx cannot read at all counts too, and does not hang.
        expect(await limited.exchange(`GET /%00 HTTP/1.1\r\nHost: ${limited.domain}\r\n\r\n`)).toMatch(
          /^HTTP\/1\.1 429 [\s\S]*"status":429/,
        );
      } finally {
        await limited.stop();
      }
    });

    describe('the newest nginx', () => {
      itOnNewestNginx('reads them alike', async (root) => {
        const platform = {
          ...pathPlatform,
          gateway: { ...pathPlatform.gateway, packages: 'nginx.org-stable' },
        } as const;
        const newest = await startTriedGateway(compiledNodeFiles(platform), root);
        try {
          expect(notRefused(await newest.tryPaths(pathKinds, refusedForms))).toEqual([]);
          const kinds = pathKinds.filter(({ exact }) => !exact);
          const got = await newest.tryPaths(kinds, plainForms);
          const raws = (all: readonly Tried[]) => all.map(({ arrived }) => rawOf(arrived));
          expect(raws(got)).toEqual(raws(plain));
        } finally {
          await newest.stop();
        }
      });
    });
  },
  'go',
);

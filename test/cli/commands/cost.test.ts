import { describe, expect, it } from 'vitest';
import { put, temporaryDirectory } from '../../artifacts/tree.ts';
import { type Run, run } from '../fake-io.ts';

const config = `export default {
  name: 'nordpay',
  domain: 'functions.example.no',
  nodes: { 'oslo-1': { provider: 'coolvds', memory: '8Gi', cpus: 4, price: { amount: 500, currency: 'NOK', vatIncluded: 25 } } },
  openfaas: { licence: 'personal', startCheck: 'accepted' },
  functions: {
    'order-webhook': {
      image: 'ghcr.io/acme/order-webhook:1',
      concurrency: 20,
      traffic: { calls: 20_000_000, duration: '100ms', memory: '128Mi', cpuTime: '10ms', peak: '40r/s', clients: 8 },
    },
    ledger: { image: 'ghcr.io/acme/ledger:1' },
  },
  cost: { rates: { USD: { rate: 10, date: '2026-10-28' } } },
};
`;

function command(argv: readonly string[], source = config): Promise<Run> {
  const cwd = temporaryDirectory();
  put(cwd, { 'platform.config.ts': source });
  return run(argv, {}, { cwd });
}

describe('fjord cost', () => {
  it('prints the price, the bills, and where the line is, in 80 columns', async () => {
    const { code, stdout } = await command(['cost']);
    expect(code).toBe(0);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    // By hand: 500 with a quarter of VAT on it is 400; 26.00, 3.80, 7.20 and 11.40 USD.
    expect(stdout).toMatch(/^ {2}together +400\.00$/m);
    expect(stdout).toMatch(/^ {2}AWS Lambda \+ HTTP API +26\.00 +260\.00$/m);
    expect(stdout).toMatch(/^ {2}Azure Functions, Consumption +3\.80 +38\.00$/m);
    expect(stdout).toMatch(/^ {2}Google Cloud Run functions +7\.20 +72\.00$/m);
    expect(stdout).toMatch(/^ {2}Cloudflare Workers, Paid +11\.40 +114\.00$/m);
    expect(stdout).toMatch(/^ {2}Azure Functions, Consumption +[\d,]+ {2}the cloud is cheaper$/m);
    expect(stdout).toContain('Without traffic, so not in the bills: ledger.');
    expect(stdout).toContain('1 USD is 10 NOK, as of 2026-10-28.');
  });

  it('prints the same as Markdown, with the whole addresses of its sources', async () => {
    const { stdout } = await command(['cost', '--format', 'markdown']);
    expect(stdout).toMatch(
      /^# What nordpay costs in a month, without VAT\n\n## This platform\n\n\| {2}\| NOK \| from \|\n/,
    );
    expect(stdout).toContain('| AWS Lambda + HTTP API | 26.00 | 260.00 |  |\n');
    expect(stdout).toContain('https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSLambda/');
  });

  it('prints one JSON document', async () => {
    const { stdout } = await command(['cost', '--format', 'json']);
    const { flat, clouds, series, carried } = JSON.parse(stdout);
    expect(flat.total).toBe(400);
    expect(clouds[0]).toMatchObject({ name: 'aws', amount: 260, bill: { total: 26 } });
    expect(clouds[0].prices.calls.source.asOf).toBe('2026-10-01');
    expect(series[0]).toMatchObject({ calls: 100_000, amounts: { azure: 0, cloudflare: 50 } });
    // 3.05 processors for 0.4 and 61 µs of nginx for each of 40 calls.
    expect(carried).toBe(Math.floor((20_000_000 * 3.05) / (0.4 + 40 * 61e-6)));
  });

  it('draws a chart, or says what it needs', async () => {
    const { code, stdout } = await command(['cost', '--format', 'svg']);
    expect([code, stdout.slice(0, 5)]).toEqual([0, '<svg ']);
    const none = await command(['cost', '--format', 'svg'], config.replace(/^ +traffic.*\n/m, ''));
    expect([none.code, none.stdout]).toEqual([1, '']);
    expect(none.stderr).toContain('a chart needs traffic');
  });

  it('says what is missing without traffic, and without a price', async () => {
    const silent = await command(['cost'], config.replace(/^ +traffic.*\n/m, ''));
    expect(silent.stdout).toMatch(/write\s+functions\.NAME\.traffic/);
    const free = await command(['cost'], config.replace(/, price: {.*?}/, ''));
    expect(free.stdout).toMatch(/^ {2}oslo-1 +not declared/m);
    expect(free.stdout).toContain('The price of the platform is not known.');
  });

  it('prints errors at their line, and nothing else', async () => {
    const { code, stdout, stderr } = await command(['cost'], config.replace(", currency: 'NOK'", ''));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain("error[check/missing-key] nodes['oslo-1'].price: the key currency is missing");
    expect(stderr).toContain(' --> platform.config.ts:4:');
  });
});

describe('fjord capacity', () => {
  it('prints what is full first, in 80 columns', async () => {
    const { code, stdout } = await command(['capacity']);
    expect(code).toBe(0);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/^ {2}order-webhook +40 +100 ms +4 +0\.4 +1-5 +>= 4$/m);
    expect(stdout).toMatch(/^ {2}order-webhook +clients' rate limit +40 calls\/s +80 +2$/m);
    expect(stdout).toMatch(
      /First, the clients' rate limit of order-webhook: at 2 times the declared\s+peaks, 80 calls\/s/,
    );
    expect(stdout).toContain('cost: 400.00 NOK a month, whatever is called');
  });

  it('keeps to 80 columns with the longest names', async () => {
    const name = 'a'.repeat(63);
    const { stdout } = await command(['capacity'], config.replace('order-webhook', name));
    const tables = stdout.split('\n').filter((line) => line.includes('…'));
    expect(tables.length).toBeGreaterThan(1);
    for (const line of tables) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('prints the same as Markdown and JSON', async () => {
    const markdown = await command(['capacity', '--format', 'markdown']);
    expect(markdown.stdout).toContain("| order-webhook | clients' rate limit | 40 calls/s | 80 | 2 |\n");
    expect(markdown.stdout).toContain(
      '| cost | 400.00 NOK a month, whatever is called | nodes.\\*.price, cost.also |\n',
    );
    const json = await command(['capacity', '--format', 'json']);
    expect(JSON.parse(json.stdout).ceilings[0]).toMatchObject({
      kind: 'client-rate',
      asked: 40,
      limit: 80,
      times: 2,
    });
  });

  it('says what to write where no function has traffic', async () => {
    const { stdout } = await command(['capacity'], config.replace(/^ +traffic.*\n/m, ''));
    expect(stdout).toMatch(/write\s+functions\.NAME\.traffic/);
    expect(stdout).toContain('cold start: none');
  });
});

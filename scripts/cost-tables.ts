import { costChart } from '../src/cli/output/cost-chart.ts';
import { byteCount, money } from '../src/cli/output/counts.ts';
import type { PlatformConfig } from '../src/config/platform-config.ts';
import type { Meter, Source } from '../src/platform/cost/cloud.ts';
import { clouds } from '../src/platform/cost/cloud-prices.ts';
import { type Comparison, compareCosts } from '../src/platform/cost/comparison.ts';
import { hetznerPrices } from '../src/platform/nodes/plan-prices.ts';
import { resolve } from '../src/platform/resolve.ts';

/** MiB. */
const sizes = [128, 512, 1024, 2048] as const;

/** The worked example of the page: 20 million calls of 100 ms, a fifth of it computing, on a machine of this price. */
export function exampleOf(memory: number, amount: number): Comparison {
  const config: PlatformConfig = {
    name: 'example',
    domain: 'functions.example.no',
    nodes: { 'oslo-1': { memory: '8Gi', cpus: 4, price: { amount, currency: 'USD' } } },
    functions: {
      webhook: {
        image: 'ghcr.io/example/webhook:1',
        traffic: {
          calls: 20_000_000,
          duration: '100ms',
          cpuTime: '20ms',
          peak: '40r/s',
          memory: `${memory}Mi`,
        },
      },
    },
  };
  const [platform] = resolve(config);
  if (platform === undefined) throw new Error('the example is a platform');
  return compareCosts(platform);
}

/** The bills of the worked example. */
export function billsTable(): string {
  const rows = sizes.map((size) => [
    `${byteCount(size)} MiB`,
    ...exampleOf(size, 10).clouds.map(({ bill }) => (bill === undefined ? 'cannot run' : money(bill.total))),
  ]);
  return table(['USD', ...clouds.map(({ title }) => title)], rows);
}

/** Million calls a month at which a cloud costs as much as machines of some prices. */
export function linesTable(): string {
  const rows = [10, 40, 100].flatMap((price) =>
    sizes.map((size) => [
      `${price} USD`,
      `${byteCount(size)} MiB`,
      ...exampleOf(size, price).clouds.map(({ breakEven }) =>
        breakEven === undefined ? '' : (breakEven / 1_000_000).toFixed(1),
      ),
    ]),
  );
  return table(['a month', 'memory', ...clouds.map(({ title }) => title)], rows);
}

/** The chart of the worked example with 512 MiB, on machines of 40 USD. */
export function exampleChart(): string {
  const chart = costChart(exampleOf(512, 40));
  if (chart === undefined) throw new Error('the example has a chart');
  return chart;
}

/** Every price of a cloud, with its day and its source. */
export function pricesTable(): string {
  const rows = clouds.flatMap((cloud) => {
    const { subscription } = cloud;
    const row = (what: string, price: string, free: string, source: Source) => [
      cloud.title,
      what,
      price,
      free,
      source.asOf ?? 'no date',
      `[${source.note}](${source.url})`,
    ];
    const metered = (what: string, meter: Meter | undefined, unit: number) =>
      meter === undefined
        ? []
        : [
            row(
              what,
              meter.tiers
                .map(({ from, price }) => `${plain(price * unit)}${from === 0 ? '' : ` from ${plain(from)}`}`)
                .join(', '),
              meter.free === 0 ? '' : plain(meter.free),
              meter.source,
            ),
          ];
    return [
      ...(subscription === undefined
        ? []
        : [row('a month', plain(subscription.price), '', subscription.source)]),
      ...metered('million calls', cloud.calls, 1_000_000),
      ...metered('million calls of the HTTP API', cloud.gateway, 1_000_000),
      ...metered('GiB s of memory', cloud.memory, 1),
      ...metered('vCPU s', cloud.processors, 1),
      ...metered('s of CPU time', cloud.cpuTime, 1),
      ...metered('GiB of answers', cloud.egress, 1),
    ];
  });
  return table(['cloud', 'unit', 'USD', 'free a month', 'as of', 'source'], rows);
}

/** The plans whose list price is known. */
export function plansTable(): string {
  return table(
    ['plan', 'EUR a month'],
    Object.entries(hetznerPrices).map(([plan, price]) => [`\`${plan}\``, money(price)]),
  );
}

/** A number without binary fractions or exponents. */
function plain(value: number): string {
  const [whole = '', behind] = String(Number(value.toPrecision(9)).toFixed(10)).split('.');
  const digits = (behind ?? '').replace(/0+$/, '');
  return `${byteCount(Number(whole))}${digits === '' ? '' : `.${digits}`}`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const numbers = heads.map((_, column) =>
    rows.every((row) => /^[\d.,]*$|^cannot run$/.test(row[column] ?? '')),
  );
  return [heads, numbers.map((isNumber) => (isNumber ? '---:' : '---')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');
}

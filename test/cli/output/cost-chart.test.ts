import { describe, expect, it } from 'vitest';
import { costChart } from '../../../src/cli/output/cost-chart.ts';
import { type Comparison, compareCosts } from '../../../src/platform/cost/comparison.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { platformWith } from '../../platform/edit.ts';

function comparison(changes: Partial<Comparison> = {}): Comparison {
  const [platform] = resolve(
    platformWith({
      name: 'nordpay',
      nodes: { a: { price: { amount: 100, currency: 'USD' } } },
      functions: {
        pay: {
          image: 'ghcr.io/acme/pay:1',
          traffic: { calls: 20_000_000, duration: '100ms', memory: '128Mi' },
        },
      },
    }),
  );
  if (platform === undefined) throw new Error('it resolves');
  return { ...compareCosts(platform), ...changes };
}

/** The points of a curve. */
function points(svg: string | undefined, name: string): [x: number, y: number][] {
  const [, path = ''] = new RegExp(`<path class="curve ${name}" d="([^"]+)"`).exec(svg ?? '') ?? [];
  return path.split(/[ML]/).flatMap((pair): [number, number][] => {
    const [x, y] = pair.split(' ').map(Number);
    return x === undefined || y === undefined ? [] : [[x, y]];
  });
}

describe('the chart', () => {
  it('is the same for the same comparison, and has a curve for each cloud and the platform', () => {
    const svg = costChart(comparison());
    expect(svg).toBe(costChart(comparison()));
    for (const name of ['aws', 'azure', 'google', 'cloudflare', 'platform']) {
      expect(points(svg, name).length).toBeGreaterThan(1);
    }
  });

  it('has the points where both logarithms put them', () => {
    const svg = costChart(comparison());
    // The field is 588 wide from 72 on, for 0.1 to 200 million; 388 high from 452 up, for 1 to 1,000 USD.
    const flat = points(svg, 'platform');
    expect(flat.map(([x]) => x)).toEqual([72, 660]);
    // 100 of 1,000 are two thirds of the height.
    for (const [, y] of flat) expect(y).toBeCloseTo(452 - (388 * 2) / 3, 0);
    // AWS with 10 million calls: 9 x 0.20 + 10 x 1.11 = 12.90 USD.
    const at = 72 + (588 * Math.log10(100)) / Math.log10(2000);
    const [, y = 0] = points(svg, 'aws').find(([x]) => Math.abs(x - at) < 0.1) ?? [];
    expect(y).toBeCloseTo(452 - (388 * Math.log10(12.9)) / 3, 0);
    // What costs nothing is on the axis.
    expect(points(svg, 'azure')[0]).toEqual([72, 452]);
  });

  it('keeps the names of curves apart, and within the picture', () => {
    const svg = costChart(comparison()) ?? '';
    const rows = [...svg.matchAll(/<text class="name \w+" x="[\d.]+" y="([\d.]+)"/g)].map(([, y]) =>
      Number(y),
    );
    expect(rows.length).toBe(5);
    for (const [index, y] of rows.entries()) {
      if (index > 0) expect(y - (rows[index - 1] ?? 0)).toBeGreaterThanOrEqual(33.9);
      expect(y).toBeLessThan(470);
    }
  });

  it('marks what is declared, and what the nodes do not carry', () => {
    const svg = costChart(comparison({ carried: 50_000_000 })) ?? '';
    expect(svg).toContain('declared: 20 million');
    expect(svg).toContain('grey: more than these nodes carry, 50 million');
    expect(costChart(comparison({ carried: 500_000_000 }))).not.toContain('class="beyond" x');
    expect(costChart(comparison({ carried: undefined }))).not.toContain('class="beyond" x');
  });

  it('is not drawn without a curve, and has no platform without its price', () => {
    expect(costChart(comparison({ series: [] }))).toBeUndefined();
    const svg = costChart(comparison({ flat: { parts: [], total: undefined } }));
    expect(points(svg, 'platform')).toEqual([]);
    expect(points(svg, 'aws').length).toBeGreaterThan(1);
  });

  it('is well-formed, and fetches and runs nothing', () => {
    const svg = costChart(comparison({ platform: `<script>&"'` })) ?? '';
    expect(svg).not.toMatch(/<script|href|url\(|@import/);
    const open: string[] = [];
    for (const [, slash, name = '', empty] of svg.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)) {
      if (slash === '/') expect(open.pop()).toBe(name);
      else if (empty === '') open.push(name);
    }
    expect(open).toEqual([]);
    expect(svg).toContain('prefers-color-scheme:dark');
  });
});

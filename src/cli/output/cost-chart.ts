import type { CloudName } from '../../platform/cost/cloud.ts';
import type { Comparison } from '../../platform/cost/comparison.ts';
import { byteCount, money } from './counts.ts';

/** Sizes of the picture, in pixels. */
const size = { width: 940, height: 530 } as const;

/** The field of the curves. Right of it are their names. */
const field = { left: 72, right: 660, top: 64, bottom: 452 } as const;

const million = 1_000_000;

/** Names of curves are at least this far apart. */
const lineHeight = 34;

/** The look of each cloud: its colour on white and on black, and its dashes, so that the curves differ without colour too. */
const looks: Readonly<
  Record<CloudName, { readonly light: string; readonly dark: string; readonly dash: string }>
> = {
  aws: { light: '#b45309', dark: '#fbbf24', dash: '' },
  azure: { light: '#1d4ed8', dark: '#93c5fd', dash: '9 4' },
  google: { light: '#15803d', dark: '#86efac', dash: '3 3' },
  cloudflare: { light: '#a21caf', dark: '#f0abfc', dash: '12 3 3 3' },
};

interface Curve {
  readonly className: string;
  readonly title: string;
  readonly below: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/**
 * Draws costs by calls a month as an SVG document, both axes logarithmic: a flat line for the platform, a curve for each cloud.
 * It fits light and dark. Undefined if there is no curve to draw.
 */
export function costChart(comparison: Comparison): string | undefined {
  const { series, clouds, flat, currency, calls } = comparison;
  const amounts = series.flatMap((point) => point.amounts.flatMap((amount) => amount ?? []));
  const [first, last] = [series[0]?.calls, series.at(-1)?.calls];
  if (amounts.length === 0 || first === undefined || last === undefined) return undefined;
  const top = 10 ** Math.max(1, Math.ceil(Math.log10(Math.max(...amounts, flat.total ?? 0))));
  const x = (count: number) =>
    field.left + (Math.log(count / first) / Math.log(last / first)) * (field.right - field.left);
  // Less than one unit of the currency is drawn as one: a free month has no place on a logarithmic axis.
  const y = (amount: number) =>
    field.bottom - (Math.log(Math.max(1, amount)) / Math.log(top)) * (field.bottom - field.top);

  const curves: Curve[] = [
    ...clouds.flatMap(({ cloud, amount }, index): Curve[] =>
      amount === undefined
        ? []
        : [
            {
              className: cloud.name,
              title: cloud.title,
              below: `${money(amount)} ${currency} now`,
              points: series.map((point) => ({ x: x(point.calls), y: y(point.amounts[index] ?? 0) })),
            },
          ],
    ),
    ...(flat.total === undefined
      ? []
      : [
          {
            className: 'platform',
            title: 'this platform',
            below: `${money(flat.total)} ${currency}, flat`,
            points: [first, last].map((count) => ({ x: x(count), y: y(flat.total ?? 0) })),
          },
        ]),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-labelledby="cost-title">`,
    `<title id="cost-title">What ${escaped(comparison.platform)} costs in a month, and public clouds, by calls a month</title>`,
    styles,
    `<rect class="paper" width="${size.width}" height="${size.height}"/>`,
    text(field.left, 28, 'title', `Cost of a month by calls a month, ${currency} without VAT`),
    text(
      field.left,
      48,
      'note',
      `${comparison.platform}. Both axes are logarithmic. Less than 1 ${currency} is drawn as 1.`,
    ),
    ...verticalGrid(first, last, x),
    ...horizontalGrid(top, y),
    ...beyond(comparison, last, x),
    ...nowMark(calls, first, last, x),
    ...curves.map(({ className, points }) => `<path class="curve ${className}" d="${path(points)}"/>`),
    ...names(curves),
    text((field.left + field.right) / 2, field.bottom + 42, 'axis middle', 'million calls a month'),
    '</svg>',
    '',
  ].join('\n');
}

function verticalGrid(first: number, last: number, x: (calls: number) => number): string[] {
  const ticks: number[] = [];
  for (let tick = first; tick <= last; tick *= 10) ticks.push(tick);
  return [...ticks, last].flatMap((tick) => [
    `<line class="grid" x1="${round(x(tick))}" y1="${field.top}" x2="${round(x(tick))}" y2="${field.bottom}"/>`,
    text(x(tick), field.bottom + 20, 'axis middle', String(tick / million)),
  ]);
}

function horizontalGrid(top: number, y: (amount: number) => number): string[] {
  const lines: string[] = [];
  for (let tick = 1; tick <= top; tick *= 10) {
    lines.push(
      `<line class="grid" x1="${field.left}" y1="${round(y(tick))}" x2="${field.right}" y2="${round(y(tick))}"/>`,
      text(field.left - 10, y(tick) + 4, 'axis end', byteCount(tick)),
    );
  }
  return lines;
}

/** The part of the field that these nodes cannot carry. */
function beyond({ carried }: Comparison, last: number, x: (calls: number) => number): string[] {
  if (carried === undefined || carried >= last) return [];
  const left = Math.max(field.left, x(Math.max(1, carried)));
  const width = field.right - left;
  return [
    `<rect class="beyond" x="${round(left)}" y="${field.top}" width="${round(width)}" height="${field.bottom - field.top}"/>`,
    text(
      field.right,
      field.bottom + 62,
      'note end',
      `grey: more than these nodes carry, ${millions(carried)}`,
    ),
  ];
}

function nowMark(calls: number, first: number, last: number, x: (calls: number) => number): string[] {
  if (calls < first || calls > last) return [];
  const at = round(x(calls));
  const isRight = x(calls) > (field.left + field.right) / 2;
  return [
    `<line class="now" x1="${at}" y1="${field.top}" x2="${at}" y2="${field.bottom}"/>`,
    text(
      x(calls) + (isRight ? -8 : 8),
      field.top + 14,
      isRight ? 'note end' : 'note',
      `declared: ${millions(calls)}`,
    ),
  ];
}

/** The curves' names right of the field, each as near to the end of its curve as the others leave room. */
function names(curves: readonly Curve[]): string[] {
  const ends = curves
    .map((curve) => ({ curve, end: curve.points.at(-1)?.y ?? field.bottom }))
    .sort((a, b) => a.end - b.end);
  const places: number[] = [];
  for (const { end } of ends) places.push(Math.max(end, (places.at(-1) ?? 0) + lineHeight));
  const over = Math.max(0, (places.at(-1) ?? 0) - field.bottom);
  const raised = places.map((place) => place - over);
  for (let index = raised.length - 2; index >= 0; index--) {
    const below = raised[index + 1] ?? 0;
    raised[index] = Math.min(places[index] ?? 0, below - lineHeight);
  }
  return ends.flatMap(({ curve, end }, index) => {
    const place = raised[index] ?? end;
    return [
      `<path class="lead ${curve.className}" d="${path([
        { x: field.right, y: end },
        { x: field.right + 16, y: place },
      ])}"/>`,
      text(field.right + 22, place + 1, `name ${curve.className}`, curve.title),
      text(field.right + 22, place + 15, 'note', curve.below),
    ];
  });
}

function path(points: readonly { readonly x: number; readonly y: number }[]): string {
  return points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
}

function text(x: number, y: number, className: string, words: string): string {
  return `<text class="${className}" x="${round(x)}" y="${round(y)}">${escaped(words)}</text>`;
}

function millions(calls: number): string {
  return `${Math.round((calls / million) * 100) / 100} million`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(words: string): string {
  return words.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

const colors = (key: 'light' | 'dark'): string =>
  Object.entries(looks)
    .map(([name, look]) => `.${name}{stroke:${look[key]}}.name.${name}{fill:${look[key]}}`)
    .join('');

const dashes = Object.entries(looks)
  .flatMap(([name, { dash }]) => (dash === '' ? [] : `.curve.${name}{stroke-dasharray:${dash}}`))
  .join('');

const styles = `<style>
text{font:13px system-ui,sans-serif;fill:#1f2937;stroke:none}
.title{font-size:17px;font-weight:600}.name{font-weight:600;stroke:none}.note,.axis{fill:#4b5563;font-size:12px}
.middle{text-anchor:middle}.end{text-anchor:end}
.paper{fill:#fff}.grid{stroke:#e5e7eb}.beyond{fill:#9ca3af;opacity:.18}.now{stroke:#6b7280;stroke-dasharray:2 3}
.curve{fill:none;stroke-width:2.5;stroke-linejoin:round}.lead{fill:none;stroke-width:1;opacity:.6}
.platform{stroke:#111827}.curve.platform{stroke-width:4}.name.platform{fill:#111827}
${colors('light')}
${dashes}
text.name{stroke:none}
@media (prefers-color-scheme:dark){
text{fill:#e5e7eb}.note,.axis{fill:#9ca3af}
.paper{fill:#111827}.grid{stroke:#374151}.beyond{fill:#6b7280;opacity:.25}.now{stroke:#9ca3af}
.platform{stroke:#f9fafb}.name.platform{fill:#f9fafb}
${colors('dark')}
text.name{stroke:none}
}
</style>`;

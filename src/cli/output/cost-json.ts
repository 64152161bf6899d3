import type { Comparison } from '../../platform/cost/comparison.ts';

/** Converts a comparison to the form that `fjord cost --format json` prints. What is not known is null. */
export function costJson({ clouds, series, ...comparison }: Comparison): unknown {
  return rounded({
    ...comparison,
    flat: { ...comparison.flat, total: comparison.flat.total ?? null },
    carried: comparison.carried ?? null,
    clouds: clouds.map(({ cloud, bill, amount, breakEven, obstacles }) => ({
      name: cloud.name,
      title: cloud.title,
      region: cloud.region,
      currency: cloud.currency,
      bill: bill ?? null,
      amount: amount ?? null,
      breakEven: breakEven === undefined || Number.isFinite(breakEven) ? (breakEven ?? null) : 'never',
      obstacles,
      prices: cloud,
    })),
    series: series.map(({ calls, amounts }) => ({
      calls,
      amounts: Object.fromEntries(clouds.map(({ cloud }, index) => [cloud.name, amounts[index] ?? null])),
    })),
  });
}

/** Numbers without the last digits of binary fractions: 3.8 for 3.8000000000000003. */
function rounded(value: unknown): unknown {
  const text = JSON.stringify(value, (_, part) =>
    typeof part === 'number' ? Number(part.toPrecision(12)) : part,
  );
  return JSON.parse(text);
}

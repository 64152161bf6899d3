interface Kind {
  readonly pattern: RegExp;
  /** Stands after «must be». */
  readonly name: string;
}

/** How nginx reads what the directive table calls `<time>` and so on (ngx_parse.c). A bare number counts seconds, or bytes. */
const kinds: Readonly<Record<string, Kind>> = {
  '<time>': {
    pattern: /^(?=\d)(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s?)?(\d+ms)?$/,
    name: 'a time like 90s, 500ms or 1h30m',
  },
  '<seconds>': {
    pattern: /^(?=\d)(\d+y)?(\d+M)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s?)?$/,
    name: 'a time in whole seconds like 90s or 1d',
  },
  '<size>': { pattern: /^\d+[kKmM]?$/, name: 'a size like 16k or 1m' },
  '<offset>': { pattern: /^\d+[kKmMgG]?$/, name: 'a size like 16k, 1m or 2g' },
  '<number>': { pattern: /^\d+$/, name: 'a whole number' },
};

/** What is wrong with an argument that must be one of these words or kinds, or `undefined`. `*` allows anything. */
export function checkNginxValue(value: string, allowed: readonly string[]): string | undefined {
  const fits = allowed.some((word) => word === '*' || (kinds[word]?.pattern.test(value) ?? word === value));
  if (fits) return undefined;
  return `"${value}" must be ${allowed.map((word) => kinds[word]?.name ?? `"${word}"`).join(' or ')}`;
}

const bytesPer: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Bytes of a size as nginx writes it: `16k`, `1m`, `512`. */
export function bytesOf(size: string): number {
  const unit = size.slice(-1).toLowerCase();
  return unit in bytesPer ? Number(size.slice(0, -1)) * (bytesPer[unit] ?? 1) : Number(size);
}

const millisecondsPer: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Milliseconds of a time as nginx writes it: `90s`, `1h30m`, `90`. */
export function millisecondsOf(time: string): number {
  return [...time.matchAll(/(\d+)(ms|[smhdw]|$)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (millisecondsPer[unit || 's'] ?? 0),
    0,
  );
}

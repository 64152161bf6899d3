// Our own parser: Kubernetes and K3s read schedules with robfig/cron, but npm packages accept more than that (day 7,
// seconds), and accept schedules that never run.

interface Field {
  readonly title: string;
  readonly first: number;
  readonly last: number;
  /** Names that may replace numbers, beginning at `first`, in upper or lower case. */
  readonly names: readonly string[];
}

const fields: readonly Field[] = [
  { title: 'minute', first: 0, last: 59, names: [] },
  { title: 'hour', first: 0, last: 23, names: [] },
  { title: 'day of the month', first: 1, last: 31, names: [] },
  { title: 'month', first: 1, last: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { title: 'day of the week', first: 0, last: 6, names: 'sun mon tue wed thu fri sat'.split(' ') },
];

const shorthands = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

/** The most days that each month can have. */
const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Describes the problem of an invalid cron expression, or returns `undefined`. Valid are five fields as Kubernetes reads
 * them (`github.com/robfig/cron/v3`, `ParseStandard`), without the forms of which it ignores a part (`*-5`, `1,,2`).
 */
export function cronProblem(text: string): string | undefined {
  if (text.startsWith('@')) {
    return shorthands.includes(text) ? undefined : `there is no "${text}", only ${shorthands.join(', ')}`;
  }
  const written = text.split(' ');
  if (written.length !== fields.length || written.includes('')) {
    return `it has ${written.filter((part) => part !== '').length} fields, and must have 5 with one space between them`;
  }
  for (const [index, field] of fields.entries()) {
    const problem = fieldProblem(written[index] ?? '', field);
    if (problem !== undefined) return problem;
  }
  return neverProblem(written);
}

const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/**
 * The same for K3s' own schedules, which may also be `@every` and a time, such as `@every 6h`. They have no time zone: Fjord
 * writes them for UTC.
 */
export function snapshotScheduleProblem(text: string): string | undefined {
  if (/^(CRON_)?TZ=/.test(text)) return 'it names a time zone, but this schedule is always in UTC';
  if (!/^@every\b/.test(text)) return cronProblem(text);
  const [, interval] = /^@every ((?:\d{1,6}[hms])+)$/.exec(text) ?? [];
  if (interval === undefined) return 'after @every there is no time such as 6h or 1h30m';
  const seconds = [...interval.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0),
    0,
  );
  return seconds < 60 ? `every ${seconds} s is more often than once a minute` : undefined;
}

function fieldProblem(text: string, field: Field): string | undefined {
  return text
    .split(',')
    .map((part) => partProblem(part, field))
    .find((problem) => problem !== undefined);
}

/** Checks one entry of a list: `*`, `4`, `1-5`, each with or without a step. */
function partProblem(text: string, field: Field): string | undefined {
  const match = /^(?:(\*|\?)|([A-Za-z0-9]+)(?:-([A-Za-z0-9]+))?)(?:\/(\d+))?$/.exec(text);
  if (!match) return `the ${field.title} "${text}" is neither *, a number, a range nor a step`;
  const [, any, from, to, step] = match;
  if (step !== undefined && (Number(step) < 1 || Number(step) > field.last)) {
    return `the step of the ${field.title} "${text}" is not from 1 to ${field.last}`;
  }
  if (any !== undefined) return undefined;
  const start = numberIn(from ?? '', field);
  const end = to === undefined ? start : numberIn(to, field);
  if (start === undefined || end === undefined) {
    const names = field.names.length > 0 ? ` or ${field.names[0]} to ${field.names.at(-1)}` : '';
    return `the ${field.title} "${text}" is not from ${field.first} to ${field.last}${names}`;
  }
  return start <= end ? undefined : `the ${field.title} "${text}" begins after its end`;
}

function numberIn(text: string, { first, last, names }: Field): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  const number = named >= 0 ? first + named : /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return number >= first && number <= last ? number : undefined;
}

/** Finds a day that none of the months has. With a weekday there is always a match, because either of the two is enough. */
function neverProblem(written: readonly string[]): string | undefined {
  const [, , days = '', months = '', weekdays = ''] = written;
  const [, , day, month] = fields;
  // A step leaves some weekdays out, so that either of the two is enough.
  const isEvery = weekdays.split(',').some((part) => /^[*?](\/0*1)?$/.test(part));
  if (!isEvery || day === undefined || month === undefined) return undefined;
  const earliest = Math.min(...days.split(',').map((part) => startOf(part, day)));
  const longest = Math.max(...monthsIn(months, month).map((number) => longestMonths[number - 1] ?? 0));
  return earliest <= longest ? undefined : `no month that it names has a day ${earliest}`;
}

function startOf(part: string, field: Field): number {
  return numberIn(part.split(/[-/]/, 1).join(), field) ?? field.first;
}

function monthsIn(text: string, field: Field): number[] {
  return text.split(',').flatMap((part) => {
    const [range = '', step = '1'] = part.split('/');
    const [from = '', to] = range.split('-');
    const start = numberIn(from, field) ?? field.first;
    const end = /^[*?]/.test(range) || (to === undefined && part.includes('/')) ? field.last : start;
    const last = to === undefined ? end : (numberIn(to, field) ?? end);
    return Array.from({ length: last - start + 1 }, (_, index) => start + index).filter(
      (number) => (number - start) % Number(step) === 0,
    );
  });
}

/**
 * Looks a name up in the IANA time zone database. If only its capitals are wrong, returns the correct spelling:
 * Kubernetes looks names up as files, so it does not find `europe/oslo`.
 */
export function findTimeZone(name: string): 'known' | 'unknown' | { readonly written: string } {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    // An alias resolves to another name; only capitals differ when the letters are the same.
    const sameLetters = timeZone.toLowerCase() === name.toLowerCase();
    return !sameLetters || timeZone === name ? 'known' : { written: timeZone };
  } catch (error) {
    if (error instanceof RangeError) return 'unknown';
    throw error;
  }
}

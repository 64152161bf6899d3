/** One call that ended. */
export interface Call {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Milliseconds. */
  readonly took: number;
  /** The status of the answer, or what went wrong. */
  readonly outcome: string;
  /** Who called what: a caller always calls the same function at the same node. */
  readonly caller: string;
}

/** A part of the rehearsal. Times are milliseconds since 1970. */
export interface Period {
  readonly name: string;
  readonly began: number;
  readonly ended: number;
}

/** What the calls of a period came to. */
export interface Losses {
  readonly calls: number;
  readonly lost: number;
  /** The longest time without an answer, from the last good call before it to the first after it. Seconds. */
  readonly away: number;
  /** How lost calls ended, the most frequent first, such as `502` or `ECONNREFUSED`. */
  readonly outcomes: readonly string[];
}

/** Reads the log of `rehearsal/world/callers.mjs`. A line that is still being written is not read. */
export function readCalls(log: string): Call[] {
  return log
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => {
      const [at, took, outcome, caller] = line.split(' ');
      if (outcome === undefined || caller === undefined) return [];
      return [{ at: Number(at), took: Number(took), outcome, caller }];
    });
}

function isLost({ outcome }: Call): boolean {
  return !/^[23]\d\d$/.test(outcome);
}

/**
 * Counts the calls that began in a period. A time without answers that began in it counts as a whole, also what of it is
 * later; of one that began before it, its part counts.
 */
export function lossesIn({ began, ended }: Period, calls: readonly Call[]): Losses {
  const within = calls.filter(({ at }) => at >= began && at < ended);
  const lost = within.filter(isLost);
  const counts = new Map<string, number>();
  for (const { outcome } of lost) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const callers = [...new Set(within.map(({ caller }) => caller))];
  const gaps = callers.flatMap((caller) => gapsOf(calls.filter((call) => call.caller === caller)));
  const own = gaps
    .filter(({ firstLost, to }) => firstLost < ended && to > began)
    .map(({ firstLost, from, to }) =>
      firstLost >= began ? { from, to } : { from: began, to: Math.min(to, ended) },
    );
  return {
    calls: within.length,
    lost: lost.length,
    away: Math.max(0, ...own.map(({ from, to }) => (to - from) / 1000)),
    outcomes: [...counts].sort(([, a], [, b]) => b - a).map(([outcome]) => outcome),
  };
}

interface Gap {
  readonly firstLost: number;
  readonly from: number;
  readonly to: number;
}

/** The times without a good answer of one caller. */
function gapsOf(calls: readonly Call[]): Gap[] {
  const gaps: Gap[] = [];
  let lastGood: number | undefined;
  let open: { firstLost: number; from: number } | undefined;
  let last = 0;
  for (const call of [...calls].sort((a, b) => a.at - b.at)) {
    last = call.at;
    if (isLost(call)) {
      open ??= { firstLost: call.at, from: lastGood ?? call.at };
      continue;
    }
    if (open) gaps.push({ ...open, to: call.at });
    open = undefined;
    lastGood = call.at;
  }
  if (open) gaps.push({ ...open, to: last });
  return gaps;
}

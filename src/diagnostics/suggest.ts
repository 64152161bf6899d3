import { domainToASCII } from 'node:url';
import { distance } from 'fastest-levenshtein';

/** The candidate that a misspelt name probably means: the first of the nearest, if any is near enough. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  // A name this long is not a typo, and computing distances of long names is slow.
  if (name.length > 64) return undefined;
  const limit = name.length <= 3 ? 1 : Math.max(2, Math.floor(name.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const between = Math.min(distance(name, candidate), distance(plain(name), plain(candidate)));
    const isStart = name.length >= 3 && plain(candidate).startsWith(plain(name));
    const found = isStart ? Math.min(between, limit) : between;
    if (found < bestDistance) [best, bestDistance] = [candidate, found];
  }
  return best;
}

/** Removes differences in case and separators: `rate_limit`, `rate-limit` and `RateLimit` all mean `rateLimit`. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}

/** Words for units, and how we write each unit. */
const units: readonly (readonly [RegExp, string])[] = [
  [/ *(milliseconds?|millis|msecs?)$/i, 'ms'],
  [/ *(seconds?|secs?)$/i, 's'],
  [/ *(minutes?|mins?)$/i, 'm'],
  [/ *(hours?|hrs?)$/i, 'h'],
  [/ *([kmg])i?b?$/i, '$1'],
  [/ *k(i?b)?$/i, 'Ki'],
  [/ *m(i?b)?$/i, 'Mi'],
  [/ *g(i?b)?$/i, 'Gi'],
  [/ *(rps|req\/s|\/s| per second)$/i, 'r/s'],
  [/ *(rpm|req\/min|\/m| per minute)$/i, 'r/m'],
];

/** The text corrected to match a pattern, if a common mistake explains the difference. */
export function repaired(text: string, fits: (candidate: string) => boolean): string | undefined {
  if (text.length > 512) return undefined;
  const trimmed = text.trim();
  const candidates = [
    trimmed,
    // An image, from a line of a terminal or of a browser.
    trimmed.replace(/^docker (pull|push|run) (-\S+ )*/, ''),
    trimmed.replace(/^(https?:\/\/)?hub\.docker\.com\/(r|_)\//i, 'docker.io/'),
    ...releaseOf(trimmed),
    trimmed.replace(/\s+/g, ''),
    trimmed.replace(/\/+$/, ''),
    // One address, as a network.
    ...(/^[\d.]+$/.test(trimmed) ? [`${trimmed}/32`] : []),
    ...(/^[\da-f:]+$/i.test(trimmed) ? [`${trimmed.toLowerCase()}/128`] : []),
    trimmed.toLowerCase(),
    trimmed.toUpperCase(),
    trimmed
      .replace(/^https?:\/\//i, '')
      .replace(/[/.]+$/, '')
      .toLowerCase(),
    ...units.map(([word, unit]) => trimmed.replace(word, unit)),
    trimmed
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .toLowerCase(),
    trimmed.replace(/[^A-Za-z0-9]+/g, '_'),
    // DNS has a non-ASCII name as Punycode.
    domainToASCII(trimmed),
    // As browsers name a site.
    ...(/^https?:/i.test(trimmed) && URL.canParse(trimmed) ? [new URL(trimmed).origin] : []),
    ...(/^[\w.-]+\.[a-z]{2,}\/?$/i.test(trimmed)
      ? [`https://${trimmed.toLowerCase().replace(/\/$/, '')}`]
      : []),
  ];
  return candidates.find((candidate) => candidate !== text && fits(candidate));
}

/** A release of K3s as it names them: `v1.32.2+k3s1` for `1.32.2-k3s1`, or for another distribution's release. */
function releaseOf(text: string): string[] {
  const [, minor, patch = '0', revision = '1'] =
    /^v?1\.(\d{1,2})(?:\.(\d{1,2}))?(?:(?:[-+_. ]|%2B)?(?:k3s|rke2r)?(\d{1,2})?)$/i.exec(text) ?? [];
  return minor === undefined ? [] : [`v1.${minor}.${patch}+k3s${revision}`];
}

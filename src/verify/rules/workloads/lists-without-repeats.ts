import { report } from '../../../diagnostics/report.ts';
import { placeOf, titleOf } from '../../kubernetes/body.ts';
import type { Rule } from '../rule.ts';

/** Kubernetes takes an entry twice, and it is what a merge leaves behind. A command line may say a word twice. */
export const listsWithoutRepeats: Rule = {
  name: 'lists-without-repeats',
  harm: 'reachability',
  loss: 'One of two entries would win silently, and not always the one that was meant.',
  check: ({ objects }) =>
    objects.flatMap((object) =>
      repeatsIn(object.body, '').map(({ list, entry }) =>
        report(
          'verify/listed-twice',
          [],
          { object: titleOf(object), list, entry },
          { artifact: placeOf(object) },
        ),
      ),
    ),
};

function repeatsIn(value: unknown, path: string): { list: string; entry: string }[] {
  if (typeof value !== 'object' || value === null || /\/(args|command)$/.test(path)) return [];
  const inside = Object.entries(value).flatMap(([key, part]) => repeatsIn(part, `${path}/${key}`));
  if (!Array.isArray(value)) return inside;
  const names = value.map(nameOf);
  const repeated = names.filter((name, index) => names.indexOf(name) < index);
  return [...repeated.map((entry) => ({ list: path, entry })), ...inside];
}

/** What has a name is that; the rest is what it says. */
function nameOf(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return String(entry);
  const { name, ...rest } = entry as { name?: unknown };
  if (typeof name === 'string') return name;
  // A port without a protocol is one of TCP.
  const said = 'port' in rest ? { protocol: 'TCP', ...rest } : rest;
  return JSON.stringify(Object.entries(said).sort(([a], [b]) => (a < b ? -1 : 1)));
}

import type { Remember } from '../artifacts/remember.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { templatesDigest } from '../renderers/template.ts';
import { readVersion } from '../version.ts';
import { Findings } from './findings.ts';
import { readDist } from './read/dist.ts';
import { rules, rulesOfThisVersion } from './rules/index.ts';
import type { Rule } from './rules/rule.ts';

const lockFile = { path: 'platform.lock.json' };

/**
 * Checks a `dist/` by its bytes alone: reads every file back, holds it against its schema, then holds the files
 * against each other. Needs no config, so it judges any `dist/` on disk as well as a new one. Scripts of another version
 * of Fjord are left out, and it says so.
 *
 * @param texts every file, by its path below `dist/`
 * @param remember keeps what was read, for who verifies many
 * @param findings keeps what rules found, for who verifies one platform again and again
 */
export function verify(
  texts: ReadonlyMap<string, string>,
  remember?: Remember,
  findings = new Findings(),
): readonly Diagnostic[] {
  const [dist, diagnostics] = readDist(texts, remember);
  if (dist === undefined || hasErrors(diagnostics)) return diagnostics;
  const { fjord } = dist.lock;
  const broken = (all: readonly Rule[]) => all.flatMap((rule) => findings.of(rule, dist));
  return [
    ...diagnostics,
    ...broken(rules),
    ...(fjord?.templates === templatesDigest
      ? broken(rulesOfThisVersion)
      : [
          report(
            'verify/other-version',
            [],
            { made: fjord?.version, own: readVersion() },
            { artifact: lockFile },
          ),
        ]),
  ];
}

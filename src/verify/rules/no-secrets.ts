import { report } from '../../diagnostics/report.ts';
import type { Dist } from '../dist.ts';
import type { Rule } from './index.ts';

/** How secrets look that have a form of their own. */
const forms: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ["a token of K3s' servers or agents", /\bK10[0-9a-f]{32,}::\S+/],
  ['a token of GitHub', /\b(ghp|gho|ghs|ghr|github_pat)_[A-Za-z0-9_]{20,}/],
  ['a key of AWS', /\b(AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a token of Slack', /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
  ['a key of Stripe', /\b[sr]k_live_[A-Za-z0-9]{16,}/],
  ['a JSON Web Token', /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+/],
  ['a password in a URL', /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@'"$]+:[^\s/:@'"$]{3,}@/i],
];

/** Nothing in `dist/` is a secret: it is committed, reviewed and handed to providers. Nor is any object a Secret. */
export const noSecrets: Rule = (dist) => [
  ...everyText(dist).flatMap(([path, text]) =>
    forms
      .filter(([, pattern]) => pattern.test(text))
      .map(([what]) => report('verify/secret-in-dist', [], { what }, { artifact: { path } })),
  ),
  ...dist.objects
    .filter(({ kind, body }) => kind === 'Secret' && ('data' in body || 'stringData' in body))
    .map(({ path, name }) =>
      report('verify/secret-in-dist', [], { what: `the Secret ${name}` }, { artifact: { path } }),
    ),
];

/** User-data is looked at unpacked: what is inside is that of nodes/. */
function everyText({ texts }: Dist): [string, string][] {
  return [...texts].filter(([path]) => !path.startsWith('cloud-init/'));
}

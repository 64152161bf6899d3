import { report } from '../../../diagnostics/report.ts';
import { secretForms } from '../../../platform/functions/secret-forms.ts';
import type { Dist } from '../../dist.ts';
import { everyObject } from '../../kubernetes/every-object.ts';
import type { Rule } from '../rule.ts';

/** Nothing in `dist/` is a secret: it is committed, reviewed and handed to providers. Nor is any object a Secret. */
export const noSecrets: Rule = {
  name: 'no-secrets',
  harm: 'secrets',
  loss: 'Everybody who can read the repository would know a secret.',
  check: (dist) => [
    ...everyText(dist).flatMap(([path, text]) =>
      secretForms
        .filter(([, pattern]) => pattern.test(text))
        .map(([what]) => report('verify/secret-in-dist', [], { what }, { artifact: { path } })),
    ),
    ...everyObject(dist)
      .filter(({ kind, body }) => kind === 'Secret' && ('data' in body || 'stringData' in body))
      .map(({ path, name }) =>
        report('verify/secret-in-dist', [], { what: `the Secret ${name}` }, { artifact: { path } }),
      ),
  ],
};

/** User-data is looked at unpacked: what is inside is that of nodes/. */
function everyText({ texts }: Dist): [string, string][] {
  return [...texts].filter(([path]) => !path.startsWith('cloud-init/'));
}

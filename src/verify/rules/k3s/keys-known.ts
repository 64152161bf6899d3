import { report } from '../../../diagnostics/report.ts';
import { neededK3s } from '../../../platform/k3s/keys.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { Rule } from '../rule.ts';

/** Each key of K3s' configuration is there in the release that reads it. Which keys there are at all, its schema says. */
export const k3sKeysKnown: Rule = {
  name: 'keys-known',
  harm: 'reachability',
  loss: 'K3s would stop at a key that its release does not know.',
  check: ({ lock, nodes }) =>
    nodes.flatMap(({ path, k3sConfig }) => {
      const { version } = lock.k3s;
      const names = Array.isArray(k3sConfig['tls-san']) ? k3sConfig['tls-san'] : [];
      const wildcard = names.some((name) => String(name).startsWith('*')) ? ['tls-san *'] : [];
      return [...Object.keys(k3sConfig), ...wildcard].flatMap((key) => {
        const since = neededK3s(key, version);
        const artifact = { path: `${path}#${places.k3sConfig}` };
        return since === undefined
          ? []
          : [report('verify/k3s-key-too-new', [], { key, since, version }, { artifact })];
      });
    }),
};

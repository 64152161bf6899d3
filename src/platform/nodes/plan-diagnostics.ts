import { define } from '../../diagnostics/definition.ts';
import { alternatives } from '../../diagnostics/wording.ts';

const node = (settings: string) => ({ config: { nodes: `{ 'oslo-1': { country: 'DE', ${settings} } }` } });

/** What `resolve` reports about the plans of machines. */
export const resolvePlanDiagnostics = {
  'resolve/plan-unknown': define<{
    plan: string;
    provider: string;
    asOf: string;
    meant: string | undefined;
    names: readonly string[];
  }>({
    severity: 'error',
    fact: ({ plan, provider, asOf }) => `'${plan}' is not a plan that ${provider} had on ${asOf}`,
    hint: ({ meant, names }) =>
      `${meant === undefined ? `write ${alternatives(names)}` : `write '${meant}'`}, or memory, cpus and disk instead of plan`,
    meaning:
      'Without its size, nothing can be proven about what fits on the machine. Providers change their plans: Fjord knows those of one day.',
    example: node("provider: 'hetzner', plan: 'cx24'"),
  }),
  'resolve/plans-unlisted': define<{ plan: string; provider: string; withTable: readonly string[] }>({
    severity: 'error',
    fact: ({ plan, provider }) =>
      `Fjord does not know what '${plan}' is, because it has no list of the plans of ${provider}`,
    hint: () => 'write memory, cpus and disk instead of plan, as the provider lists them',
    meaning: 'Without its size, nothing can be proven about what fits on the machine.',
    example: node("provider: 'coolvds', plan: 'vds-4'"),
  }),
  'resolve/plan-contradicted': define<{ plan: string; key: string; has: string; written: string }>({
    severity: 'error',
    fact: ({ plan, key, has, written }) => `the plan '${plan}' has ${key}: ${has}, but ${key} is ${written}`,
    hint: ({ key }) => `remove ${key}, or choose the plan that the machine has`,
    meaning: 'One of the two is wrong, and the other would decide what fits on the machine.',
    example: node("provider: 'hetzner', plan: 'cx23', memory: '8Gi'"),
  }),
};

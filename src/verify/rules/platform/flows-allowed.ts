import type { SovereigntyRecord } from '../../../artifacts/sovereignty.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { exceptionFor } from '../../../platform/sovereignty/sovereignty.ts';
import type { Flow } from '../../flows/flow.ts';
import { flowsOf, isRefused } from '../../flows/flows.ts';
import type { Rule } from '../rule.ts';

/** Where the lock file says where data may be, each flow stays there or has an exception with a reason. */
export const flowsAllowed: Rule = {
  name: 'flows-allowed',
  harm: 'confinement',
  loss: 'Data would go where the config says that it must not be.',
  check: (dist) => {
    const rules = dist.lock.sovereignty;
    if (rules === undefined) return [];
    const flows = flowsOf(dist);
    return [...flows.flatMap((flow) => refusal(flow, rules)), ...unused(flows, rules)];
  },
};

/** These have codes of their own, at the line that says where they are. */
const resolved = /^(nodes|backups|alerts|cdn|dns|balancer)\//;

function refusal(flow: Flow, rules: SovereigntyRecord): Diagnostic[] {
  if (!isRefused(flow, rules) || resolved.test(flow.id)) return [];
  const { id, to, avoid, path, country = '', owner = to, ownerCountry = '' } = flow;
  const options = flow.artifact && { artifact: flow.artifact };
  const params = { id, to, avoid };
  switch (flow.verdict) {
    case 'outside':
      return [
        report('verify/flow-outside', path, { ...params, country, countries: rules.countries }, options),
      ];
    case 'foreign':
      return [report('verify/flow-foreign', path, { ...params, owner, ownerCountry }, options)];
    case 'place-unknown':
      return [report('verify/flow-place-unknown', path, params, options)];
    case 'owner-unknown':
      return [report('verify/flow-owner-unknown', path, params, options)];
    default:
      return [];
  }
}

function unused(flows: readonly Flow[], rules: SovereigntyRecord): Diagnostic[] {
  const used = new Set(
    flows.map(({ id, to, isHost }) => exceptionFor(rules, { flow: id, ...(isHost && { host: to }) })),
  );
  return rules.exceptions.flatMap(({ host, flow }, index) => {
    const path = ['sovereignty', 'exceptions', index];
    return used.has(index)
      ? []
      : [report('verify/exception-unused', path, { name: flow ?? host ?? '' }, lock)];
  });
}

const lock = { artifact: { path: 'platform.lock.json' } };

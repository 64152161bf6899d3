import { define } from '../definition.ts';
import { compileAgain } from './verify.ts';

/** What the workloads of a platform are, and what they are told of each other. */
export const workloadCodes = {
  'verify/calls-cut': define<{ object: string; problem: string }>({
    severity: 'error',
    fact: ({ object, problem }) => `stopping ${object} would cut calls: ${problem}`,
    hint: compileAgain,
  }),
  'verify/gateway-otherwise': define<{ rule: string; message: string }>({
    severity: 'error',
    fact: ({ rule, message }) => `${rule}: ${message}`,
    hint: compileAgain,
  }),
  'verify/workload-incomplete': define<{ object: string; problem: string }>({
    severity: 'error',
    fact: ({ object, problem }) => `${object}: ${problem}`,
    hint: compileAgain,
  }),
  'verify/service-without-pods': define<{ service: string; problem: string }>({
    severity: 'error',
    fact: ({ service, problem }) => `${service} ${problem}`,
    hint: compileAgain,
  }),
  'verify/part-misconfigured': define<{ part: string; problem: string }>({
    severity: 'error',
    fact: ({ part, problem }) => `${part}: ${problem}`,
    hint: compileAgain,
  }),
  'verify/pod-under-no-policy': define<{ pod: string; way: 'into' | 'out of' }>({
    severity: 'error',
    fact: ({ pod, way }) => `no NetworkPolicy limits the traffic ${way} ${pod}`,
    hint: compileAgain,
  }),
  'verify/policy-vague': define<{ policy: string; rule: string }>({
    severity: 'error',
    fact: ({ policy, rule }) => `${policy} has a rule without peers or without ports: ${rule}`,
    hint: compileAgain,
  }),
  'verify/disruption-unlimited': define<{ budget: string; problem: string }>({
    severity: 'error',
    fact: ({ budget, problem }) => `${budget} ${problem}`,
    hint: compileAgain,
  }),
  'verify/listed-twice': define<{ object: string; list: string; entry: string }>({
    severity: 'error',
    fact: ({ object, list, entry }) => `${object} has '${entry}' twice in ${list}`,
    hint: () => 'remove one of them; if both are there right after fjord synth, please report a bug in Fjord',
  }),
  'verify/account-may': define<{ account: string; problem: string }>({
    severity: 'error',
    fact: ({ account, problem }) => `the account ${account} ${problem}`,
    hint: compileAgain,
  }),
  'verify/stack-differs': define<{ name: string; what: string; listed: string; deployed: string }>({
    severity: 'error',
    fact: ({ name, what, listed, deployed }) =>
      `${what} of ${name} is ${listed} in stack.yaml, but ${deployed} where it is deployed`,
    hint: compileAgain,
  }),
};

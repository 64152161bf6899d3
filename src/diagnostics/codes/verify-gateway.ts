import { define } from '../definition.ts';
import { compileAgain } from './verify.ts';

export const verifyGatewayCodes = {
  'verify/challenge-not-passed-on': define<{ node: string }>({
    severity: 'error',
    fact: ({ node }) => `nginx does not ask ${node} for challenges that it cannot answer itself`,
    hint: compileAgain,
  }),
  'verify/challenges-in-circles': define<{ host: string }>({
    severity: 'error',
    fact: ({ host }) =>
      `nginx passes challenges on for host ${host}, which no server answers, so they could loop`,
    hint: compileAgain,
  }),
  'verify/closed-function-open': define<{ name: string; location: string }>({
    severity: 'error',
    fact: ({ name, location }) =>
      `nginx's location "${location}" leads to the function ${name}, which the lock file says is not exposed`,
    hint: compileAgain,
  }),
  'verify/guards-differ': define<{ name: string; place: string; other: string }>({
    severity: 'error',
    fact: ({ name, place, other }) =>
      `nginx guards the function ${name} differently in location "${place}" and in "${other}"`,
    hint: compileAgain,
  }),
  'verify/nginx-not-installed': define<{ node: string; problem: string }>({
    severity: 'error',
    fact: ({ node, problem }) => `the nginx of ${node} ${problem}`,
    hint: compileAgain,
  }),
  'verify/pods-let-in': define<{ directive: string; range: string }>({
    severity: 'error',
    fact: ({ directive, range }) => `nginx's "${directive}" holds for pods too, which come from ${range}`,
    hint: compileAgain,
  }),
  'verify/upstream-is-no-node': define<{ server: string; nodes: readonly string[] }>({
    severity: 'error',
    fact: ({ server, nodes }) =>
      `nginx asks ${server} for challenges, but the nodes with nginx are at ${nodes.join(', ') || 'no known address'}`,
    hint: compileAgain,
  }),
};

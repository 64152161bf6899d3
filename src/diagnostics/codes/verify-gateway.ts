import { define } from '../definition.ts';

const compileAgain = () =>
  'run fjord synth again; if it says this right after, it is a fault of Fjord: please report it';

export const verifyGatewayCodes = {
  'verify/challenge-not-passed-on': define<{ node: string }>({
    severity: 'error',
    fact: ({ node }) => `nginx does not ask ${node} for the challenges that it does not know itself`,
    hint: compileAgain,
  }),
  'verify/challenges-in-circles': define<{ host: string }>({
    severity: 'error',
    fact: ({ host }) =>
      `nginx passes challenges on under the name ${host}, and no server of that name ends them: they could go round in circles`,
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
      `the function ${name} is not guarded in nginx's location "${place}" as it is in "${other}"`,
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
      `nginx asks ${server} for challenges, and the nodes with nginx are at ${nodes.join(', ') || 'no known address'}`,
    hint: compileAgain,
  }),
};

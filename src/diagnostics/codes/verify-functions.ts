import { define } from '../definition.ts';

const compileAgain = () =>
  'run fjord synth again; if it says this right after, it is a fault of Fjord: please report it';

export const verifyFunctionsCodes = {
  'verify/call-refused': define<{ caller: string; callee: string }>({
    severity: 'error',
    fact: ({ caller, callee }) => `${caller} calls ${callee}, and the network policies refuse it`,
    hint: compileAgain,
  }),
  'verify/call-undeclared': define<{ caller: string; callee: string }>({
    severity: 'error',
    fact: ({ caller, callee }) =>
      `the network policies let ${caller} reach ${callee}, which nothing declares`,
    hint: compileAgain,
  }),
  'verify/replicas-fought-over': define<{ name: string; scaler: string }>({
    severity: 'error',
    fact: ({ name, scaler }) =>
      `the Deployment of ${name} states its replicas, which ${scaler} changes: each apply would undo that`,
    hint: compileAgain,
  }),
  'verify/scales-nothing': define<{ scaler: string; name: string }>({
    severity: 'error',
    fact: ({ scaler, name }) => `${scaler} scales ${name}, which is not there`,
    hint: compileAgain,
  }),
  'verify/copies-not-kept': define<{ name: string; problem: string }>({
    severity: 'error',
    fact: ({ name, problem }) => `the copies of ${name} are not kept: ${problem}`,
    hint: compileAgain,
  }),
  'verify/direct-elsewhere': define<{ location: string; server: string }>({
    severity: 'error',
    fact: ({ location, server }) =>
      `nginx passes ${location} to ${server}, which is not that function's Service`,
    hint: compileAgain,
  }),
  'verify/queue-missing': define<{ user: string }>({
    severity: 'error',
    fact: ({ user }) => `${user} needs the queue, and there is none`,
    hint: compileAgain,
  }),
  'verify/value-expanded': define<{ container: string; variable: string; reference: string }>({
    severity: 'error',
    fact: ({ container, variable, reference }) =>
      `Kubernetes would replace ${reference} in ${variable} of ${container}`,
    hint: compileAgain,
  }),
};

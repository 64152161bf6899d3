import { define } from '../definition.ts';
import { compileAgain } from './verify.ts';

export const verifyFunctionsCodes = {
  'verify/call-refused': define<{ caller: string; callee: string }>({
    severity: 'error',
    fact: ({ caller, callee }) => `${caller} calls ${callee}, but the network policies refuse the call`,
    hint: compileAgain,
  }),
  'verify/call-undeclared': define<{ caller: string; callee: string }>({
    severity: 'error',
    fact: ({ caller, callee }) =>
      `the network policies let ${caller} reach ${callee}, but no such call is declared`,
    hint: compileAgain,
  }),
  'verify/replicas-fought-over': define<{ name: string; scaler: string }>({
    severity: 'error',
    fact: ({ name, scaler }) =>
      `the Deployment of ${name} sets replicas, so each apply would undo the scaling by ${scaler}`,
    hint: compileAgain,
  }),
  'verify/scales-nothing': define<{ scaler: string; name: string }>({
    severity: 'error',
    fact: ({ scaler, name }) => `${scaler} scales ${name}, which does not exist`,
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
    fact: ({ user }) => `${user} needs the queue, but there is none`,
    hint: compileAgain,
  }),
  'verify/value-expanded': define<{ container: string; variable: string; reference: string }>({
    severity: 'error',
    fact: ({ container, variable, reference }) =>
      `Kubernetes would replace ${reference} in ${variable} of ${container}`,
    hint: compileAgain,
  }),
};

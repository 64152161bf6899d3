import { define } from '../definition.ts';
import { compileAgain } from './verify.ts';

/** What the files of a platform say together. */
export const platformCodes = {
  'verify/function-unconfined': define<{ owner: string; what: string; address: string; port: number }>({
    severity: 'error',
    fact: ({ owner, what, address, port }) =>
      `${owner} can reach ${what} at ${address}, port ${port}, because no NetworkPolicy prevents it`,
    hint: compileAgain,
  }),
  'verify/namespace-lax': define<{ name: string; enforced: string }>({
    severity: 'error',
    fact: ({ name, enforced }) =>
      `the namespace ${name} enforces the Pod Security level '${enforced}', not 'restricted'`,
    hint: compileAgain,
  }),
  'verify/pod-not-admitted': define<{ pod: string; problem: string }>({
    severity: 'error',
    fact: ({ pod, problem }) => `the Pod Security level 'restricted' refuses the pods of ${pod}: ${problem}`,
    hint: compileAgain,
  }),
  'verify/object-twice': define<{ object: string }>({
    severity: 'error',
    fact: ({ object }) => `${object} is defined twice`,
    hint: compileAgain,
  }),
  'verify/reference-missing': define<{ object: string; needed: string; later: boolean }>({
    severity: 'error',
    fact: ({ object, needed, later }) =>
      `${object} needs ${needed}, which ${later ? 'is created only after it' : 'nothing creates'}`,
    hint: compileAgain,
  }),
  'verify/address-unfit': define<{ object: string; address: string; problem: string }>({
    severity: 'error',
    fact: ({ object, address, problem }) => `the address ${address} of ${object} ${problem}`,
    hint: compileAgain,
  }),
  'verify/registry-not-allowed': define<{
    node: string;
    what: string;
    host: string;
    allowed: readonly string[];
  }>({
    severity: 'error',
    fact: ({ node, what, host, allowed }) =>
      `${node} pulls ${what} from ${host}, but platform.lock.json allows only ${allowed.join(', ')}`,
    hint: compileAgain,
  }),
  'verify/secret-in-dist': define<{ what: string }>({
    severity: 'error',
    fact: ({ what }) => `${what} is in the output, which is committed and sent to providers`,
    hint: () =>
      'remove it from the config and name a Secret in `secrets` instead; then replace the secret, because it was written down',
  }),
  'verify/limits-out-of-order': define<{ node: string; problem: string }>({
    severity: 'error',
    fact: ({ node, problem }) => `${node}: ${problem}`,
    hint: compileAgain,
  }),
  'verify/certificate-not-made': define<{ node: string; file: string }>({
    severity: 'error',
    fact: ({ node, file }) => `${node}: nginx reads ${file}, which no script of the node creates`,
    hint: compileAgain,
  }),
};

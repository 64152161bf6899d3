import { define } from '../definition.ts';
import { compileAgain } from './verify.ts';

/** What a node is made of, beyond what Kubernetes and nginx read. */
export const verifyNodesCodes = {
  'verify/package-missing': define<{ node: string; name: string; needed: string }>({
    severity: 'error',
    fact: ({ node, name, needed }) => `${node} does not install ${name}, which it needs for ${needed}`,
    hint: compileAgain,
  }),
  'verify/package-unknown': define<{ node: string; name: string }>({
    severity: 'error',
    fact: ({ node, name }) => `${node} installs ${name}, which nothing on it needs`,
    hint: compileAgain,
  }),
  'verify/node-file-wrong': define<{ place: string; problem: string }>({
    severity: 'error',
    fact: ({ place, problem }) => `${place} ${problem}`,
    hint: compileAgain,
  }),
  'verify/meaning-otherwise': define<{ place: string }>({
    severity: 'error',
    fact: ({ place }) => `${place} says something else than its digest in apply.sh`,
    hint: compileAgain,
  }),
  'verify/script-of-other': define<{ node: string; named: string; platform: string }>({
    severity: 'error',
    fact: ({ node, named, platform }) =>
      `the apply.sh of ${node} is for the platform '${named}', and the lock file is of '${platform}'`,
    hint: compileAgain,
  }),
  'verify/script-edited': define<{ place: string; line: string | undefined }>({
    severity: 'error',
    fact: ({ place, line }) =>
      line === undefined
        ? `${place} differs from its template: lines are missing or reordered`
        : `${place} has a line that is not in its template: '${line.trim()}'`,
    hint: () =>
      'run fjord synth again with the installed version of Fjord; put steps of your own into a separate program',
  }),
  'verify/step-missing': define<{ node: string; problem: string }>({
    severity: 'error',
    fact: ({ node, problem }) => `the script that sets up ${node} ${problem}`,
    hint: compileAgain,
  }),
  'verify/memory-unbounded': define<{ problem: string }>({
    severity: 'error',
    fact: ({ problem }) => problem,
    hint: compileAgain,
  }),
  'verify/lock-differs': define<{ what: string; listed: string; found: string }>({
    severity: 'error',
    fact: ({ what, listed, found }) => `platform.lock.json lists ${listed} as ${what}, but it is ${found}`,
    hint: compileAgain,
  }),
};

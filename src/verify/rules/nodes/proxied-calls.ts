import { report } from '../../../diagnostics/report.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { Dist, DistNode } from '../../dist.ts';
import { shellOf } from '../../read/apply-script.ts';
import type { Rule } from '../rule.ts';

/** A program of a node, whether this node has it, and whether it uses the node's proxy. */
interface Caller {
  readonly program: string;
  readonly isThere: (node: DistNode, dist: Dist) => boolean;
  readonly usesProxy: (node: DistNode) => boolean;
}

const always = () => true;
const textOf = ({ files }: DistNode, place: string) => files.get(place)?.text ?? '';
const says = (place: string, pattern: RegExp) => (node: DistNode) => pattern.test(textOf(node, place));
const dropIn = ({ role }: DistNode) => (role === 'server' ? places.k3sDropIn : places.k3sAgentDropIn);

/** True if a file has these lines, one after the other, however far they are indented. */
const has = (node: DistNode, place: string, lines: string) =>
  `\n${textOf(node, place).replace(/^ +/gm, '')}`.includes(`\n${lines}\n`);

/** Reads the variables into a shell. */
const sourced = `set -a\n# shellcheck source=/dev/null\n. ${places.proxyEnv}\nset +a`;
/** Reads them into Python. */
const opened = `with open("${places.proxyEnv}") as file:`;

const callers: readonly Caller[] = [
  { program: 'the first apt-get', isThere: always, usesProxy: isBeforePackages },
  {
    program: 'apply.sh',
    isThere: always,
    usesProxy: (node) => /^ {4}--proxy \S+ --noproxy /m.test(shellOf(textOf(node, places.applyScript))),
  },
  {
    program: 'containerd',
    isThere: always,
    usesProxy: (node) => has(node, dropIn(node), `EnvironmentFile=${places.k3sProxyEnv}`),
  },
  {
    program: 'K3s',
    isThere: ({ role, k3sConfig }, { objects }) =>
      role === 'server' &&
      (k3sConfig['etcd-s3'] === true || objects.some(({ kind }) => kind === 'HelmChart')),
    usesProxy: says(places.k3sProxyEnv, /^HTTPS_PROXY=/m),
  },
  {
    program: 'certbot',
    isThere: says(places.tlsScript, /^ *certbot certonly /m),
    usesProxy: (node) =>
      has(node, places.tlsScript, sourced) &&
      has(node, places.certbotDropIn, `EnvironmentFile=${places.proxyEnv}`),
  },
  {
    program: 'fjord-backup',
    isThere: says(places.backupScript, /^s3\(\) \{$/m),
    usesProxy: (node) => has(node, places.backupScript, sourced),
  },
  {
    program: 'fjord-watch',
    isThere: ({ files }) => files.has(places.watchScript),
    usesProxy: (node) => has(node, places.watchScript, opened),
  },
  {
    // nginx of this node, by a name that leads outside.
    program: "fjord-watch's look at nginx",
    isThere: says(places.watchScript, / --resolve /),
    usesProxy: says(places.watchScript, / --noproxy \* .*--resolve /),
  },
];

function isBeforePackages(node: DistNode): boolean {
  const script = textOf(node, places.applyScript);
  const written = script.indexOf(`\nput 0644 ${places.aptProxy} <<`);
  return written !== -1 && written < script.indexOf("\nbegin 'packages'\n");
}

/** On a node that reaches the internet only through a proxy, each program that calls out goes through it. */
export const proxiedCalls: Rule = {
  name: 'proxied-calls',
  harm: 'reachability',
  loss: 'A node behind a proxy would not come up, or would stop renewing, copying or alerting.',
  check: (dist) =>
    dist.nodes
      .filter(({ name }) => dist.lock.nodes.find((node) => node.name === name)?.proxy !== undefined)
      .flatMap((node) =>
        callers
          .filter(({ isThere, usesProxy }) => isThere(node, dist) && !usesProxy(node))
          .map(({ program }) =>
            report(
              'verify/proxy-not-used',
              [],
              { node: node.name, program },
              { artifact: { path: node.path } },
            ),
          ),
      ),
};

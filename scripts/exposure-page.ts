import reference from '../platform.config.ts';
import { compileConfig } from '../src/compile.ts';
import type { Dist } from '../src/verify/dist.ts';
import { type OpenSocket, openSockets } from '../src/verify/exposure/open-sockets.ts';
import { readDist } from '../src/verify/read/dist.ts';
import { socketsAsDeclared } from '../src/verify/rules/nodes/sockets-as-declared.ts';
import { articleRecipe } from '../test/verify/exposure/article.ts';

/** docs/exposure.md, computed: the reference platform beside the usual recipe. */
export function exposurePage(): string {
  const { artifacts } = compileConfig(reference, 'platform.config.ts');
  const [platform] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));
  if (platform === undefined) throw new Error('the reference platform cannot be read back');
  const recipe = articleRecipe('LoadBalancer');
  return `# What can be opened from outside

For each node, Fjord computes the sockets that can be opened from beyond it and compares them with what the node is for.
It reads the emitted files, not the model that made them: nginx's \`listen\` directives, the K3s configuration, the
Services, host ports and pods in the node's network, and the node's packet filter. A difference is an error
(\`verify/socket-open\`, \`verify/socket-closed\`).

Two roads lead into a node, and they are judged apart:

- To a program on the node itself: nginx, sshd, the Kubernetes API, the kubelet, etcd, flannel. The packet filter's
  input chain decides. A filter that is not installed, not loaded at boot or cannot be read counts as none.
- To a pod, by a Service of type NodePort or LoadBalancer, an external address or a host port. Kubernetes translates the
  address before the input chain is asked, so no filter for input, ufw among them, closes such a port. Fjord's own forward
  chain stops what comes that way, but it is no reason to have such a Service: none may exist.

What the filter forwards and lets out is judged packet by packet (\`verify/packets-leave\`, \`verify/packets-passed-on\`,
\`verify/packets-lost\`): to, from and between pods and Services, at each address at which a rule begins or ends.

With \`gateway.reachableFrom: 'trusted-proxies'\` 80 and 443 are open to those networks alone, which the lock file names.

ICMP is let in besides. A provider's own firewall is not counted: it can only close more.

## The reference platform

${tables(platform)}
Packets from the pods' own network reach everything on their node: the API, DNS and probes need that. What functions
may reach is decided before, by NetworkPolicies.

## The usual recipe, refused

K3s as it comes, the gateway as a LoadBalancer, nginx before it on the same machine, no packet filter:

${tables(recipe)}
What \`fjord verify\` says of it:

${socketsAsDeclared
  .check(recipe)
  .map(({ code, message }) => `- \`${code}\`: ${message}\n`)
  .join('')}`;
}

function tables(dist: Dist): string {
  return dist.nodes
    .map((node) => `### ${node.name}\n\n${printExposure(openSockets(dist, node).sockets)}`)
    .join('\n');
}

/** The sockets as a table in Markdown. */
function printExposure(sockets: readonly OpenSocket[]): string {
  const rows = sockets.map(({ protocol, port, from, by }) => [
    port,
    protocol === 'any' ? 'TCP, UDP' : protocol.toUpperCase(),
    from === 'anywhere' ? from : from.join(', '),
    by,
  ]);
  const lines = [['port', 'protocol', 'from', 'what answers'], ['---', '---', '---', '---'], ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

import type { Node } from './node.ts';

/** Puts nodes in one network, each with the address of its place. A bridge in the first one is their switch. */
export async function cable(nodes: readonly Node[], addresses: readonly string[]): Promise<void> {
  const [hub, ...others] = nodes;
  if (hub === undefined) return;
  await ip(hub, `link add cable type bridge`);
  for (const [index, node] of others.entries()) {
    const port = `port${index}`;
    await ip(hub, `link add ${port} type veth peer name cable netns ${node.first}`);
    await ip(hub, `link set ${port} master cable up`);
  }
  for (const [index, node] of nodes.entries()) {
    await ip(node, `address add ${addresses[index]} dev cable`);
    await ip(node, 'link set cable up');
  }
}

async function ip(node: Node, words: string): Promise<void> {
  const { status, stderr } = await node.runInNetwork('ip', words.split(' '));
  if (status !== 0) throw new Error(`ip ${words}: ${stderr}`);
}

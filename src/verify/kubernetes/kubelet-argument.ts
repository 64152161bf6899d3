import type { DistNode } from '../dist.ts';

/** The value of an argument that a node's K3s hands to its kubelet. */
export function kubeletArgument({ k3sConfig }: DistNode, name: string): string | undefined {
  const given = [k3sConfig['kubelet-arg']].flat().map(String);
  return given.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
}

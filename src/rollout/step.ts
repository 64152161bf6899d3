/** One thing that somebody has to do so that running machines become what was compiled. */
export interface RolloutStep {
  /**
   * `apply`: run the node's apply.sh. `make`: a new machine, from its user-data. `replace`: the running node cannot
   * become it, a new one can. `remove`: the node is no more. `push`: commit and push, Git delivers it. `by-hand`: what
   * none of these does. `new-cluster`: settled when a cluster begins.
   */
  readonly way: 'apply' | 'make' | 'replace' | 'remove' | 'push' | 'by-hand' | 'new-cluster';
  /** Undefined: the cluster as a whole. */
  readonly node: string | undefined;
  /** What it brings, or what is to be done; at least one. */
  readonly what: readonly string[];
}

/** `cluster-cidr 10.42.0.0/16 → 10.52.0.0/16`, for a line that tells a change. */
export function shownChange(name: string, before: unknown, after: unknown): string {
  return `${name} ${shown(before)} → ${shown(after)}`;
}

function shown(value: unknown): string {
  if (value === undefined) return '(none)';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

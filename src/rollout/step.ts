/** One thing that somebody has to do to bring running machines up to date. */
export interface RolloutStep {
  /**
   * `apply`: run the node's apply.sh. `make`: create a machine from the user-data. `replace`: create a new machine,
   * because the running one cannot be changed. `remove`: delete the node. `push`: commit and push; Git delivers it.
   * `by-hand`: anything else. `new-cluster`: can only be set when a cluster is created.
   */
  readonly way: 'apply' | 'make' | 'replace' | 'remove' | 'push' | 'by-hand' | 'new-cluster';
  /** Undefined for the cluster as a whole. */
  readonly node: string | undefined;
  /** The changes, or the things to do; at least one. */
  readonly what: readonly string[];
}

/** Shows a change: `cluster-cidr 10.42.0.0/16 → 10.52.0.0/16`. */
export function shownChange(name: string, before: unknown, after: unknown): string {
  return `${name} ${shown(before)} → ${shown(after)}`;
}

function shown(value: unknown): string {
  if (value === undefined) return '(none)';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

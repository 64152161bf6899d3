/** Whether pods without tolerations run on a node with these taints. Neither functions nor OpenFaaS' parts have any. */
export function takesPods(taints: readonly string[]): boolean {
  return taints.every((taint) => taint.endsWith(':PreferNoSchedule'));
}

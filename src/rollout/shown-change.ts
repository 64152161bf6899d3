/** `cluster-cidr 10.42.0.0/16 → 10.52.0.0/16`, for a line that tells a change. */
export function shownChange(name: string, before: unknown, after: unknown): string {
  return `${name} ${shown(before)} → ${shown(after)}`;
}

function shown(value: unknown): string {
  if (value === undefined) return '(none)';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

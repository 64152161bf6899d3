/** What is looked at after every boot, by name: scripts that run on the node in this order. */
export const standardSteps: Readonly<Record<string, string>> = {
  'cloud-init-status': 'cloud-init status --long',
  'cloud-init-result': 'cat /run/cloud-init/result.json',
  'cloud-init-output': 'cat /var/log/cloud-init-output.log',
  'cloud-init-log': 'cat /var/log/cloud-init.log',
  journal: 'journalctl --boot --no-pager --output=short-monotonic',
  'failed-units': 'systemctl --failed --plain --no-legend --no-pager',
  listeners: 'ss --listening --tcp --numeric --no-header --processes',
  sysctls: 'sysctl --all 2>/dev/null',
  'k3s-calls': 'cat /var/log/k3s-stand-in.jsonl',
  'boot-times': 'systemd-analyze --no-pager; systemd-analyze --no-pager blame | head -25',
};

/**
 * The script that prints each of `paths` that is a file: path, octal mode, owner and content in base64, separated by
 * tabs, a line each.
 */
export function collectStep(paths: readonly string[]): string {
  const quoted = paths.map((path) => `'${path.replaceAll("'", `'\\''`)}'`).join(' ');
  return `for path in ${quoted}; do
  [[ -f $path ]] || continue
  printf '%s\\t%s\\t' "$path" "$(stat --format='%a	%U:%G' "$path")"
  base64 --wrap=0 "$path"
  echo
done
`;
}
